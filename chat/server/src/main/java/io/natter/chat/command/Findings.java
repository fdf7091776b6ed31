package io.natter.chat.command;

import java.io.PrintWriter;

/// Prints the findings of `doctor`, each with the remedy.
final class Findings {
    private final PrintWriter out;
    private int faults;

    Findings(PrintWriter out) {
        this.out = out;
    }

    void fine(String what) {
        line("ok   ", what);
    }

    /// Nothing is broken, but it will or may be.
    void warn(String what, String remedy) {
        line("warn ", what);
        line("      -> ", remedy);
    }

    void fault(String what, String remedy) {
        faults++;
        line("FAULT", what);
        line("      -> ", remedy);
    }

    private void line(String mark, String text) {
        out.println(mark + " " + text);
        out.flush();
    }

    int faults() {
        return faults;
    }
}
