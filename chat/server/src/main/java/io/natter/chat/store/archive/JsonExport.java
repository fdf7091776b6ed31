package io.natter.chat.store.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.natter.chat.store.PrivateFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// An export as JSON: `people.json`, and a file for each room below `rooms/`. Times are
/// milliseconds since 1970.
final class JsonExport {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private final OpenDatabase database;
    private final ExportRows rows;
    private final ExportedFiles files;
    private final Path folder;
    private long messages;

    JsonExport(OpenDatabase database, ExportRows rows, ExportedFiles files, Path folder) {
        this.database = database;
        this.rows = rows;
        this.files = files;
        this.folder = folder;
    }

    Export.Done write() throws IOException {
        try (Writer out = Export.open(folder.resolve("people.json"))) {
            JSON.writeValue(out, Listing.people(database));
        }
        Path rooms = folder.resolve("rooms");
        PrivateFiles.makeFolder(rooms);
        List<ExportRows.Room> all = rows.rooms();
        for (int i = 0; i < all.size(); i++) {
            ExportRows.Room room = all.get(i);
            try (Writer out = Export.open(rooms.resolve(Export.fileName(i + 1, room) + ".json"));
                    JsonGenerator json = JSON.createGenerator(out)) {
                write(room, json);
            }
        }
        return new Export.Done(all.size(), messages);
    }

    private void write(ExportRows.Room room, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writePOJOProperty("room", room);
        json.writeArrayPropertyStart("messages");
        List<ExportRows.Line> page = rows.after(room.id(), 0);
        while (!page.isEmpty()) {
            for (ExportRows.Line line : page) {
                json.writePOJO(line);
                files.copy(line.files());
                messages++;
            }
            page = rows.after(room.id(), Export.last(page));
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
