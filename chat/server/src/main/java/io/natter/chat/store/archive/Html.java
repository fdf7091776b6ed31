package io.natter.chat.store.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts as HTML.
final class Html {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'`]+");

    private Html() {}

    /// The text for an element or an attribute in double quotes, with nothing of it as markup.
    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(each);
            }
        }
        return out.toString();
    }

    /// As [#text], with addresses as links.
    static String withLinks(String text) {
        StringBuilder out = new StringBuilder();
        Matcher link = LINK.matcher(text);
        int end = 0;
        while (link.find()) {
            out.append(text(text.substring(end, link.start())));
            String address = text(link.group());
            out.append(
                    "<a rel=\"noreferrer noopener\" href=\"%s\">%s</a>"
                            .formatted(address, address));
            end = link.end();
        }
        return out.append(text(text.substring(end))).toString();
    }
}
