package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.Hardware;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.Network;
import io.jenkins.plugins.qemush.engine.vm.request.Storage;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say which machine is wanted. */
final class MachineOptions {
    private static final Pattern PUBLISHED =
            Pattern.compile("(?:(?:127\\.0\\.0\\.1|localhost):)?([0-9]{1,5}):([0-9]{1,5})");

    @Mixin
    private ImageOptions image = new ImageOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "What to call the machine (default: by architecture).")
    private String name;

    @Option(names = "--user", paramLabel = "USER", description = "Who runs commands; created when missing.")
    private String user;

    @Option(names = "--identity", paramLabel = "FILE", description = "An own private key instead of a one-time key.")
    private Path identity;

    @Option(names = "--pubkey", paramLabel = "FILE", description = "Its public half (default: derived from it).")
    private Path publicKey;

    @Option(
            names = {"-m", "--memory"},
            paramLabel = "MB",
            description = "Memory in MB.")
    private Integer memory;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processors (more boot slower under TCG).")
    private int cpus;

    @Option(
            names = "--network",
            defaultValue = "user",
            description = "${COMPLETION-CANDIDATES}: may the guest reach out?")
    private Network network;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "A fixed port on 127.0.0.1 for SSH.")
    private int port;

    @Option(
            names = "--fix-network",
            description = "Give the guest's interface its address by hand, when it has none. Always boots.")
    private boolean fixNetwork;

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "[127.0.0.1:]PORT:GUESTPORT",
            description = "A TCP port of this host, on loopback, that leads to one of the guest; repeatable.")
    private List<String> published = new ArrayList<>();

    @Option(names = "--no-snapshot", description = "Keep what the guest writes to the disk.")
    private boolean persistent;

    @Option(names = "--boot-timeout", paramLabel = "SECONDS", defaultValue = "180", description = "Limit for the boot.")
    private int bootTimeout;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "0", description = "Limit for everything.")
    private int timeout;

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "End when idle that long.")
    private int idleTimeout;

    @Option(
            names = "--append",
            paramLabel = "ARGS",
            defaultValue = "",
            description = "More for the kernel command line.")
    private String kernelArguments;

    @Option(names = "--qemu-arg", paramLabel = "ARG", description = "One more argument for QEMU; repeatable.")
    private List<String> qemuArguments = new ArrayList<>();

    @Option(names = "--scratch", paramLabel = "DIR", description = "Where QEMU keeps what a throw-away guest writes.")
    private Path scratch;

    @Option(
            names = "--warm",
            paramLabel = "auto|true|false",
            defaultValue = "${env:QEMU_SH_WARM:-auto}",
            description = {
                "Restore a saved machine instead of booting. auto: when there is one; the first boot has one made in the"
                        + " background. true: make it first. (default: $QEMU_SH_WARM, else auto)"
            })
    private WarmMode warm;

    @Option(names = "--keep", description = "Leave the run directory (console log, timeline) behind.")
    private boolean keep;

    /** Whether the machine has to have a name of the user's choice. */
    boolean isNamed() {
        return name != null;
    }

    /** The machine that the flags ask for. */
    VmRequest request(Console console, boolean workspaceDisk) throws IOException, InterruptedException {
        checkNumbers();
        Image chosen = image.choose(console);
        if (persistent) {
            chosen.requireChangeableDisk();
        }
        return new VmRequest(
                name != null ? name : chosen.manifest().arch() + "-" + suffix(),
                chosen,
                new Hardware(Optional.ofNullable(memory), cpus, network, workspaceDisk, kernelArguments, qemuArguments),
                new Access(
                        user != null ? user : chosen.manifest().user(),
                        port,
                        absolute(identity),
                        absolute(publicKey),
                        published(),
                        fixNetwork),
                new Limits(
                        Duration.ofSeconds(bootTimeout), Duration.ofSeconds(idleTimeout), Duration.ofSeconds(timeout)),
                new Storage(!persistent, absolute(scratch), keep),
                warm);
    }

    private List<Access.Published> published() throws HostFailure {
        List<Access.Published> ports = new ArrayList<>();
        for (String text : published) {
            Matcher matcher = PUBLISHED.matcher(text);
            int host = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int guest = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
            if (host < 1 || host > 65535 || guest < 1 || guest > 65535) {
                throw new HostFailure(
                        "--publish " + text + " is no pair of ports.",
                        "Give PORT:GUESTPORT, each 1 to 65535; only 127.0.0.1 may stand before them.");
            }
            ports.add(new Access.Published(host, guest));
        }
        return ports;
    }

    private void checkNumbers() throws HostFailure {
        if (bootTimeout < 1 || timeout < 0 || idleTimeout < 0) {
            throw new HostFailure("A time limit is negative, or no time at all for the boot.", "Give seconds.");
        }
        if (port < 0 || port > 65535) {
            throw new HostFailure(port + " is no port.", "Give 1 to 65535, or leave --port out.");
        }
    }

    /** Another process may read it, in another folder. */
    private static Optional<Path> absolute(Path file) {
        return Optional.ofNullable(file).map(Path::toAbsolutePath);
    }

    private static String suffix() {
        return Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    }
}
