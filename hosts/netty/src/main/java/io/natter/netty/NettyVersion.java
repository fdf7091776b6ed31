package io.natter.netty;

import io.netty.util.Version;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checks the version of Netty on the class path. A build that manages versions, such as that of a
/// framework, may have replaced the version that Natter asks for.
final class NettyVersion {
    private static final String NEEDED = "4.2.";

    private NettyVersion() {}

    /// @throws IllegalStateException if Natter does not work with it
    static void check() {
        var versions = new TreeMap<String, String>();
        Version.identify(NettyVersion.class.getClassLoader())
                .forEach((artifact, version) -> versions.put(artifact, version.artifactVersion()));
        var problem = problem(versions);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    /// The fault in the versions of Netty's artifacts, or null.
    static @Nullable String problem(Map<String, String> versions) {
        for (var each : versions.entrySet()) {
            var artifact = each.getKey();
            // Its versions are its own.
            if (!artifact.startsWith("netty-tcnative") && !each.getValue().startsWith(NEEDED)) {
                return "Natter needs Netty "
                        + NEEDED
                        + "x, and on the class path is "
                        + artifact
                        + " "
                        + each.getValue()
                        + ". Let the build take one version of all Netty artifacts, by io.netty:netty-bom"
                        + " 4.2.18.Final or later in its dependency management";
            }
        }
        return null;
    }
}
