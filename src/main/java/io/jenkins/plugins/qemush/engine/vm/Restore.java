package io.jenkins.plugins.qemush.engine.vm;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.vm.qemu.QmpClient;
import io.jenkins.plugins.qemush.engine.vm.serial.SerialConsole;
import io.jenkins.plugins.qemush.engine.warm.RestoreWay;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a stopped QEMU into a machine of its own: loads the state, and has the guest take randomness, time, name and key
 * before anything else runs in it.
 *
 * <p>All that is typed waits in the console's socket before the machine goes on, the randomness first.
 */
record Restore(SavedState state, SerialConsole console, QmpClient qmp) {
    /** For a state to be loaded, which takes 0.1 s, and for the guest's answer, as long. Hosts may be loaded. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For everything from QEMU's start to the SSH connection: then a boot is surer. Twenty at once take half of it. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** With the first random number that the machine has drawn. */
    static final Pattern AWAKE = Pattern.compile("qemush-awake (\\S+)\r?\n");

    private static final Pattern ON_TIME = Pattern.compile("qemush-on-time\r?\n");
    private static final Pattern HOST_KEY = Pattern.compile("qemush-hostkey (\\S+ \\S+)[^\r\n]*\r?\n");
    private static final int SEED_BYTES = 48;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Loads the state; the machine stays stopped.
     *
     * @param socket where QEMU is to take it from: quicker than from a program, for which QEMU would have to fork
     */
    void load(Path socket) throws IOException, InterruptedException {
        ignoreShared(qmp, state.manifest().way());
        announceNothing();
        qmp.execute("migrate-incoming", QmpClient.arguments(Map.of("uri", "unix:" + socket)));
        try (SocketChannel qemu = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Thread feeder = new Thread(() -> feed(qemu), "qemu-sh saved state");
            feeder.setDaemon(true);
            feeder.start();
            awaitLoaded();
        }
        Files.deleteIfExists(socket);
    }

    /**
     * A migrated guest is made to tell its network where it is now, over and over (QEMU's {@code qemu_announce_self}): its
     * user network has nobody who wants to know.
     */
    private void announceNothing() throws IOException, InterruptedException {
        qmp.execute("migrate-set-parameters", QmpClient.arguments(Map.of("announce-rounds", 0)));
    }

    private void feed(SocketChannel qemu) {
        try (FileChannel devices = FileChannel.open(state.files().devices())) {
            long size = devices.size();
            for (long sent = 0; sent < size; ) {
                sent += devices.transferTo(sent, size - sent, qemu);
            }
            qemu.shutdownOutput();
        } catch (IOException e) {
            // QEMU has ended, or takes too long: whoever waits for it sees that.
            System.getLogger(Restore.class.getName()).log(System.Logger.Level.DEBUG, "state not taken", e);
        }
    }

    private void awaitLoaded() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (qmp.status(PATIENCE).equals("inmigrate")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("QEMU did not load the state within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(3);
        }
    }

    /** For the migration of a machine whose memory is in a file, on both sides. */
    static void ignoreShared(QmpClient qmp, RestoreWay way) throws IOException, InterruptedException {
        if (!way.isMapped()) {
            return;
        }
        JsonObject capability = new JsonObject();
        capability.addProperty("capability", "x-ignore-shared");
        capability.addProperty("state", true);
        JsonArray capabilities = new JsonArray();
        capabilities.add(capability);
        JsonObject arguments = new JsonObject();
        arguments.add("capabilities", capabilities);
        qmp.execute("migrate-set-capabilities", arguments);
    }

    /** Lets the machine go on, as one of its own. It takes a while to become that. */
    void wake(String name, OneTimeKey key) throws IOException, InterruptedException {
        byte[] seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        console.type("qsh_seed " + Base64.getEncoder().encodeToString(seed) + "\n");
        qmp.execute("cont");
        console.type(
                "qsh_wake " + nearestSecond() + " " + hostName(name) + " " + ShellQuote.word(key.publicLine()) + "\n");
    }

    /**
     * Waits until it lets in whoever has the key.
     *
     * @return the SSH server's host key
     */
    String awaitOpen() throws IOException, InterruptedException {
        expect(AWAKE);
        if (!state.manifest().freshHostKey()) {
            return state.manifest().hostKey();
        }
        expect(ON_TIME);
        console.type("qsh_rekey\n");
        return expect(HOST_KEY).group(1);
    }

    /** Waits until its clock is right. To set that takes as long as a part of the SSH handshake, and is done beside it. */
    void awaitClock() throws IOException, InterruptedException {
        if (!state.manifest().freshHostKey()) {
            expect(ON_TIME);
        }
    }

    /** Half a second off at most: not every {@code date} sets fractions. */
    private static long nearestSecond() {
        Instant now = Clock.systemUTC().instant();
        return now.plusMillis(500).getEpochSecond();
    }

    /** RFC 1123: letters, digits and hyphens. */
    static String hostName(String machine) {
        return machine.replaceAll("[^A-Za-z0-9-]", "-");
    }

    private Matcher expect(Pattern pattern) throws IOException, InterruptedException {
        return console.expect(pattern, PATIENCE)
                .orElseThrow(() ->
                        new IOException("the restored guest did not answer within " + PATIENCE.toSeconds() + " s"));
    }
}
