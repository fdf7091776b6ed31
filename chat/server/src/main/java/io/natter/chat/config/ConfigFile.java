package io.natter.chat.config;

import io.natter.chat.log.FileFault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// A file with settings in the form of [Properties], in UTF-8. In contrast to them, each value
/// keeps its line, and a key that is unknown or given twice is an error.
final class ConfigFile {
    /// More than any list of origins needs.
    private static final long MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    static Map<Setting, Value> read(Path file) throws ConfigException {
        List<String> lines = lines(file);
        Map<Setting, Value> found = new EnumMap<>(Setting.class);
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            StringBuilder logical = new StringBuilder(lines.get(i));
            while (continues(logical) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i));
            }
            add(file, number, parse(file, number, logical.toString()), found);
        }
        return found;
    }

    private static List<String> lines(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException("The file %s is too large for settings.".formatted(file));
            }
            return Files.readAllLines(file);
        } catch (MalformedInputException _) {
            throw new ConfigException("The file %s is not UTF-8.".formatted(file));
        } catch (NoSuchFileException _) {
            throw new ConfigException(
                    "There is no file %s, which --config or NATTER_CONFIG names.".formatted(file));
        } catch (IOException e) {
            throw new ConfigException(
                    "Cannot read the file %s: %s.".formatted(file, FileFault.of(e)));
        }
    }

    private static boolean continues(CharSequence line) {
        int backslashes = 0;
        while (backslashes < line.length()
                && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1 && !isComment(line);
    }

    private static boolean isComment(CharSequence line) {
        String text = line.toString().strip();
        return text.startsWith("#") || text.startsWith("!");
    }

    private static Properties parse(Path file, int number, String line) throws ConfigException {
        Properties one = new Properties();
        try {
            one.load(new StringReader(line));
        } catch (IOException | IllegalArgumentException _) {
            throw new ConfigException(
                    "%s, line %d: this is no KEY = VALUE.".formatted(file, number));
        }
        return one;
    }

    private static void add(Path file, int number, Properties line, Map<Setting, Value> found)
            throws ConfigException {
        for (String key : line.stringPropertyNames()) {
            Setting setting = Setting.ofKey(key).orElse(null);
            if (setting == null) {
                throw new ConfigException(
                        "%s, line %d: there is no setting %s%s."
                                .formatted(file, number, key, Settings.meant(key, Setting.keys())));
            }
            Value value =
                    new Value(
                            line.getProperty(key).strip(),
                            "%s, line %d: %s".formatted(file, number, key));
            if (found.putIfAbsent(setting, value) != null) {
                throw new ConfigException(
                        "%s, line %d: the setting %s is in the file twice."
                                .formatted(file, number, key));
            }
        }
    }
}
