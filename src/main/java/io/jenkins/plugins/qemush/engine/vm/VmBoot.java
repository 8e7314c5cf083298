package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.guest.SshConnection;
import io.jenkins.plugins.qemush.engine.guest.SshEndpoint;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.KeyPath;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuProcess;
import io.jenkins.plugins.qemush.engine.vm.qemu.QmpClient;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import io.jenkins.plugins.qemush.engine.vm.serial.RootConsole;
import io.jenkins.plugins.qemush.engine.vm.serial.SerialConsole;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a started QEMU to an open SSH connection, within the boot limit. */
final class VmBoot {
    private static final Pattern READY = Pattern.compile("(?m)^qemush: ready\r?$");

    /** The line of {@code info usernet} that tells the port QEMU chose (net/slirp.c). */
    private static final Pattern FORWARD =
            Pattern.compile("HOST_FORWARD\\]\\s+\\d+\\s+\\S+\\s+(\\d+)\\s+\\S+\\s+22\\s");

    /** For one answer in an SSH handshake, on a loaded host. */
    private static final Duration SSH_ANSWER = Duration.ofSeconds(30);

    /** From the key's way in until root is asked why SSH does not answer; asked again after twice the time, and so on. */
    private static final Duration DIAGNOSIS = Duration.ofSeconds(6);

    private static final Duration SSH_RETRY = Duration.ofMillis(100);

    private final VmRequest request;
    private final RunDirectory directory;
    private final OneTimeKey key;
    private final QemuProcess qemu;
    private final Timeline timeline;
    private final long deadline;

    /** Null unless root's shell is open on the console. */
    private RootConsole root;

    private volatile boolean connected;
    private volatile Optional<String> diagnosis = Optional.empty();

    /** @param limit for all of it, from now on */
    VmBoot(
            VmRequest request,
            RunDirectory directory,
            OneTimeKey key,
            QemuProcess qemu,
            Timeline timeline,
            Duration limit) {
        this.request = request;
        this.directory = directory;
        this.key = key;
        this.qemu = qemu;
        this.timeline = timeline;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** QEMU makes its sockets within milliseconds, or says why not. */
    void awaitSockets() throws IOException, InterruptedException {
        while (!Files.exists(directory.qmpSocket()) || !Files.exists(directory.consoleSocket())) {
            if (!qemu.isAlive()) {
                throw new IOException("QEMU ended");
            }
            if (left().isNegative()) {
                throw new HostFailure("QEMU did not start in time.", "See whether this host is overloaded.");
            }
            Thread.sleep(2);
        }
    }

    /** Something that connects to one of QEMU's sockets. */
    interface Connecting<T> {
        T connect() throws IOException, InterruptedException;
    }

    /** Connects; a socket's file is there a moment before anybody listens on it, on a loaded host a long one. */
    <T> T connected(Connecting<T> socket) throws IOException, InterruptedException {
        while (true) {
            try {
                return socket.connect();
            } catch (ConnectException e) {
                if (!qemu.isAlive() || left().isNegative()) {
                    throw e;
                }
                Thread.sleep(2);
            }
        }
    }

    /** The port of this host that leads to the guest's SSH server. */
    static int sshPort(QmpClient qmp) throws IOException, InterruptedException {
        String answer = qmp.monitor("info usernet");
        Matcher forward = FORWARD.matcher(answer);
        if (!forward.find()) {
            throw new IOException("QEMU tells no forwarded port: " + answer);
        }
        return Integer.parseInt(forward.group(1));
    }

    /** Gets the key into the guest; returns where the guest is reached. */
    SshEndpoint letIn(SerialConsole console, int port, Notices notices) throws IOException, InterruptedException {
        Image image = request.image();
        SilenceWatch watch = new SilenceWatch(request, qemu, console, notices);
        ConsoleLog log = new ConsoleLog(directory.consoleLog());
        boolean fix = request.access().fixNetwork();
        boolean fast = !fix
                && image.takesKeyBy(KeyPath.CMDLINE)
                && image.manifest().hostKey().isPresent()
                && key.type().equals("ssh-ed25519");
        if (fast) {
            if (!watch.await(patience -> console.expect(READY, patience).isPresent(), this::left)) {
                throw tooSlow(log);
            }
            timeline.add(Timeline.Kind.READY, "SSH server listens");
            return endpoint(port, image.manifest().hostKey().get());
        }
        root = new RootConsole(console, log, image.manifest().console(), cause -> remark(cause, notices));
        if (!watch.await(root::awaitPrompt, this::left)) {
            throw tooSlow(log);
        }
        timeline.add(Timeline.Kind.LOGIN, "login prompt on the console");
        String hostKey = root.allow(key, request.user(), left());
        if (fix) {
            root.fixNetwork();
        }
        timeline.add(Timeline.Kind.READY, "key allowed over the console");
        return endpoint(port, hostKey);
    }

    SshEndpoint endpoint(int port, String hostKey) {
        return new SshEndpoint(port, key.privateKey(), hostKey, request.limits().silence());
    }

    /** Connects as soon as the guest answers. */
    SshConnection connect(SshEndpoint endpoint) throws IOException, InterruptedException {
        IOException last = new IOException("no attempt");
        if (root != null) {
            diagnoseAfter(DIAGNOSIS);
        }
        while (!left().isNegative()) {
            try {
                Duration patience = left().compareTo(SSH_ANSWER) < 0 ? left() : SSH_ANSWER;
                SshConnection connection = SshConnection.open(endpoint, patience.plusMillis(1));
                connected = true;
                timeline.add(Timeline.Kind.SSH, "connected, port " + endpoint.port());
                return connection;
            } catch (QemuShException e) {
                throw e;
            } catch (IOException e) {
                if (!qemu.isAlive()) {
                    throw e;
                }
                last = e;
                Thread.sleep(SSH_RETRY.toMillis());
            }
        }
        throw new GuestFailure(
                "The guest's SSH server did not answer within the boot limit of " + seconds() + " s: "
                        + last.getMessage() + "."
                        + diagnosis.map(cause -> " " + cause).orElse(""),
                new ConsoleLog(directory.consoleLog()).tail(),
                last);
    }

    private void diagnoseAfter(Duration pause) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> diagnose(pause));
    }

    private void diagnose(Duration pause) {
        try {
            if (!connected && qemu.isAlive() && !left().isNegative()) {
                diagnosis = root.diagnose();
                diagnoseAfter(pause.multipliedBy(2));
            }
        } catch (IOException e) {
            // The machine has ended meanwhile, which others tell.
            System.getLogger(VmBoot.class.getName()).log(System.Logger.Level.DEBUG, "not diagnosed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The guest is tried on: a slow one may mend what is missing. */
    private void remark(String cause, Notices notices) {
        if (!connected) {
            notices.tell("SSH does not answer yet. " + cause);
        }
    }

    private IOException tooSlow(ConsoleLog log) throws IOException {
        if (!qemu.isAlive()) {
            return new IOException("QEMU ended");
        }
        String console = log.tail();
        return new GuestFailure(
                console.isBlank()
                        ? "The guest printed nothing within the boot limit of " + seconds() + " s. "
                                + SilenceWatch.reasons(request)
                        : "The guest was not up within the boot limit of " + seconds() + " s.",
                console);
    }

    private long seconds() {
        return request.limits().boot().toSeconds();
    }

    private Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }
}
