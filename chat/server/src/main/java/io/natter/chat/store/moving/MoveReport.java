package io.natter.chat.store.moving;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/// Counts what an import has taken and what it could not take, and writes each case of the latter.
public final class MoveReport {
    /// Lines of one kind; the rest is counted.
    private static final int LINES = 1000;

    private final PrintWriter lines;
    private final Map<String, Long> missed = new TreeMap<>();
    private long people;
    private long rooms;
    private long messages;
    private long known;
    private long files;

    /// @param lines is given a line for each case
    public MoveReport(PrintWriter lines) {
        this.lines = lines;
    }

    /// Something could not be taken.
    ///
    /// @param kind the kind of thing, such as `file`
    /// @param detail which one
    public void miss(String kind, String detail) {
        long number = missed.merge(kind, 1L, Long::sum);
        if (number <= LINES) {
            lines.println(kind + ": " + detail);
        } else if (number == LINES + 1) {
            lines.println(kind + ": further ones are only counted");
        }
    }

    void person() {
        people++;
    }

    void room() {
        rooms++;
    }

    void message(boolean isNew) {
        if (isNew) {
            messages++;
        } else {
            known++;
        }
    }

    void files(int more) {
        files += more;
    }

    /// Files of messages that are new.
    public long files() {
        return files;
    }

    /// People who are new.
    public long people() {
        return people;
    }

    /// Rooms that are new.
    public long rooms() {
        return rooms;
    }

    /// Messages that are new.
    public long messages() {
        return messages;
    }

    /// Messages that were there before.
    public long known() {
        return known;
    }

    /// How many could not be taken, by kind.
    public Map<String, Long> missed() {
        return missed;
    }
}
