package io.jenkins.plugins.qemush.engine.image.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which Debian image to build. What is empty is left to the builder.
 *
 * @param arch an architecture of the builder's table
 * @param name how to call the image
 * @param include more Debian packages
 * @param size of the disk, as in {@code 1G}
 * @param suite Debian release, as in {@code bookworm}
 * @param mirror URL of a Debian mirror
 * @param board one of the builder's boards, for a machine other than QEMU's virtual one
 * @param kind what becomes of the packages
 */
public record BuildRequest(
        String arch,
        Optional<String> name,
        List<String> include,
        Optional<String> size,
        Optional<String> suite,
        Optional<String> mirror,
        Optional<String> board,
        Kind kind) {

    /** What becomes of the packages. */
    public enum Kind {
        /** A small system; a configured Debian when there are more packages than usual. */
        USUAL,
        /** A small system in any case: the scripts of no package are run. */
        QUICK,
        /** As made by hand: small, and the key comes by the console. */
        PLAIN
    }

    public BuildRequest {
        include = List.copyOf(include);
    }

    /** The default image of an architecture. */
    public static BuildRequest of(String arch) {
        return new BuildRequest(
                arch,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Kind.USUAL);
    }

    /** Whether the packages' scripts are to run, in a machine of the image's own. */
    boolean isConfigured() {
        return kind == Kind.USUAL && !include.isEmpty();
    }

    /** The name that the image will have; told to the builder, so that both agree. */
    String imageName() {
        String board = this.board.map(value -> "-" + value).orElse("");
        return name.orElse("debian-" + arch + board + (kind == Kind.PLAIN ? "-plain" : ""));
    }

    /** The builder's arguments, but for the output. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--arch", arch, "--name", imageName()));
        if (!include.isEmpty()) {
            arguments.addAll(List.of("--include", String.join(",", include)));
        }
        size.ifPresent(value -> arguments.addAll(List.of("--size", value)));
        suite.ifPresent(value -> arguments.addAll(List.of("--suite", value)));
        mirror.ifPresent(value -> arguments.addAll(List.of("--mirror", value)));
        board.ifPresent(value -> arguments.addAll(List.of("--board", value)));
        if (kind == Kind.PLAIN) {
            arguments.add("--plain");
        }
        if (isConfigured()) {
            arguments.add("--configured");
        }
        return arguments;
    }
}
