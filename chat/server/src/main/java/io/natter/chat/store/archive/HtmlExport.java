package io.natter.chat.store.archive;

import io.natter.chat.store.PrivateFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// An export as pages that open without a server: `index.html`, and below `rooms/` a page for each
/// thousand messages. The pages forbid scripts, and every other load, by their policy. Times are in
/// UTC.
final class HtmlExport {
    private static final int PER_PAGE = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private static final String STYLE =
            """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
            body{max-width:50rem;margin:2rem auto;padding:0 1rem}
            article{margin:.8rem 0}
            article:target{outline:2px solid}
            header b{margin-right:.6rem}
            time,small,.quote{opacity:.7}
            pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0}
            nav a{margin-right:1rem}
            """;

    private final ExportRows rows;
    private final ExportedFiles files;
    private final Path folder;
    private long messages;

    HtmlExport(ExportRows rows, ExportedFiles files, Path folder) {
        this.rows = rows;
        this.files = files;
        this.folder = folder;
    }

    Export.Done write() throws IOException {
        Path below = folder.resolve("rooms");
        PrivateFiles.makeFolder(below);
        List<ExportRows.Room> rooms = rows.rooms();
        try (Writer index = Export.open(folder.resolve("index.html"))) {
            index.write(head("Rooms") + "<h1>Rooms</h1>\n<ul>\n");
            for (int i = 0; i < rooms.size(); i++) {
                ExportRows.Room room = rooms.get(i);
                String name = Export.fileName(i + 1, room);
                long before = messages;
                write(room, below, name);
                index.write(
                        "<li><a href=\"rooms/%s-1.html\">%s</a> <small>%s, %d messages</small></li>\n"
                                .formatted(
                                        name,
                                        Html.text(room.title()),
                                        Html.text(room.kind()),
                                        messages - before));
            }
            index.write("</ul>\n</html>\n");
        }
        return new Export.Done(rooms.size(), messages);
    }

    private void write(ExportRows.Room room, Path below, String name) throws IOException {
        int number = 1;
        List<ExportRows.Line> next = rows.after(room.id(), 0);
        do {
            try (Writer page = Export.open(below.resolve("%s-%d.html".formatted(name, number)))) {
                page.write(head(room.title()));
                page.write("<h1>%s</h1>\n".formatted(Html.text(room.title())));
                page.write("<p>%s</p>\n".formatted(Html.text(room.topic())));
                page.write(
                        "<p><small>%s</small></p>\n"
                                .formatted(Html.text(String.join(", ", room.members()))));
                for (int written = 0; written < PER_PAGE && !next.isEmpty(); ) {
                    for (ExportRows.Line line : next) {
                        page.write(article(line, name));
                        files.copy(line.files());
                    }
                    written += next.size();
                    messages += next.size();
                    next = rows.after(room.id(), Export.last(next));
                }
                page.write(navigation(name, number, !next.isEmpty()));
            }
            number++;
        } while (!next.isEmpty());
    }

    private static String navigation(String name, int number, boolean more) {
        return "<nav><a href=\"../index.html\">Rooms</a>%s%s</nav>\n</html>\n"
                .formatted(
                        number > 1
                                ? "<a href=\"%s-%d.html\">Earlier</a>".formatted(name, number - 1)
                                : "",
                        more ? "<a href=\"%s-%d.html\">Later</a>".formatted(name, number + 1) : "");
    }

    private static String head(String title) {
        return """
               <!doctype html>
               <html lang="en">
               <meta charset="utf-8">
               <meta name="viewport" content="width=device-width">
               <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'">
               <meta name="referrer" content="no-referrer">
               <title>%s</title>
               <style>%s</style>
               """
                .formatted(hash(), Html.text(title), STYLE);
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(STYLE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String article(ExportRows.Line line, String page) {
        StringBuilder out =
                new StringBuilder(
                        "<article id=\"m%d\"><header><b dir=\"auto\">%s</b><time>%s</time>%s%s</header>"
                                .formatted(
                                        line.seq(),
                                        Html.text(line.sender()),
                                        time(line.sentAt()),
                                        line.pinned() ? " <small>pinned</small>" : "",
                                        line.editedAt() == null
                                                ? ""
                                                : " <small>edited %s</small>"
                                                        .formatted(time(line.editedAt()))));
        Long replyTo = line.replyTo();
        if (replyTo != null) {
            // All pages but the last have at least a thousand messages, and seq has no gaps.
            out.append(
                    "<div class=\"quote\"><a href=\"%s-%d.html#m%d\">reply to message %d</a></div>"
                            .formatted(page, (replyTo - 1) / PER_PAGE + 1, replyTo, replyTo));
        }
        if (line.deletedAt() == null) {
            out.append("<pre dir=\"auto\">").append(Html.withLinks(line.text())).append("</pre>");
        } else {
            out.append("<small>deleted %s</small>".formatted(time(line.deletedAt())));
        }
        for (ExportRows.Attached file : line.files()) {
            out.append(
                    "<div><a download href=\"../%s\">%s</a></div>"
                            .formatted(Html.text(file.path()), Html.text(file.name())));
        }
        out.append(
                line.reactions().stream().map(HtmlExport::reaction).collect(Collectors.joining()));
        for (ExportRows.Earlier edit : line.edits()) {
            out.append(
                    "<details><summary>before, %s</summary><pre dir=\"auto\">%s</pre></details>"
                            .formatted(time(edit.at()), Html.withLinks(edit.text())));
        }
        return out.append("</article>\n").toString();
    }

    private static String reaction(ExportRows.Reaction reaction) {
        return "<small title=\"%s\">%s %d </small>"
                .formatted(
                        Html.text(String.join(", ", reaction.people())),
                        Html.text(reaction.emoji()),
                        reaction.people().size());
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
