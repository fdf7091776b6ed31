package io.natter.protocol;

import java.util.List;
import java.util.Map;

/// Reads the parameters of a URL's query, for [Parsers#socketIo2]. It lies above this module,
/// because the server reads the queries of its requests in the same way.
@FunctionalInterface
public interface QueryReader {
    /// The values of each parameter, in their order. Total: no query makes it throw.
    ///
    /// @param query without `?`
    /// @param max how many parameters are read, the others are ignored
    Map<String, List<String>> read(String query, int max);
}
