package io.natter.chat.web;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// A command line that was executed in this process.
public record CommandRun(int code, String out, String err) {
    public static CommandRun of(Map<String, String> environment, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = String.valueOf(arguments[i]);
        }
        int code =
                ChatMain.command(environment)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(words);
        return new CommandRun(code, out.toString(), err.toString());
    }

    public static CommandRun of(Object... arguments) {
        return of(Map.of(), arguments);
    }
}
