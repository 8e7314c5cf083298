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
 * @param plain as made by hand: the key comes by the console
 */
public record BuildRequest(
        String arch,
        Optional<String> name,
        List<String> include,
        Optional<String> size,
        Optional<String> suite,
        Optional<String> mirror,
        Optional<String> board,
        boolean plain) {

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
                false);
    }

    /** The name that the image will have; told to the builder, so that both agree. */
    String imageName() {
        String board = this.board.map(value -> "-" + value).orElse("");
        return name.orElse("debian-" + arch + board + (plain ? "-plain" : ""));
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
        if (plain) {
            arguments.add("--plain");
        }
        return arguments;
    }
}
