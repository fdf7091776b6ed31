package com.example.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/// The messages of each room, in memory.
@Service
public class Rooms {
    private static final int MOST = 100;

    private final Map<String, List<Posted>> messages = new ConcurrentHashMap<>();

    List<Posted> messages(String room) {
        return messages.getOrDefault(room, List.of());
    }

    void add(String room, Posted posted) {
        messages.compute(
                room,
                (ignored, before) -> {
                    var after = new ArrayList<>(before == null ? List.of() : before);
                    after.add(posted);
                    return List.copyOf(
                            after.subList(Math.max(0, after.size() - MOST), after.size()));
                });
    }

    void clear(String room) {
        messages.remove(room);
    }
}
