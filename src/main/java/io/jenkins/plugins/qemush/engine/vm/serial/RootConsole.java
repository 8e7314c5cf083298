package io.jenkins.plugins.qemush.engine.vm.serial;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The portable way in: root logs in on the serial console without a password, makes the user if there is none, allows
 * the key, sets the clock and reads the SSH server's key back.
 */
public final class RootConsole {
    /** On one line, which no message of the kernel can divide unseen. */
    private static final Pattern TOLD =
            Pattern.compile("qemush-hostkey (?:none|([a-z0-9@.-]+ [A-Za-z0-9+/]+=*)) qemush-done\r?\n");

    /** An answer that takes longer is asked for again: a message of the kernel may have divided it. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Without a host key for so long, root is asked why. */
    private static final Duration KEYLESS = Duration.ofSeconds(5);

    /** For what tells why SSH does not answer, in a slow guest. */
    private static final Duration DIAGNOSIS = Duration.ofSeconds(20);

    private static final Pattern NETWORK = Pattern.compile("qemush-network (fixed|no-card|no-tool)\r?\n");

    /** Why the network could not be set by hand. */
    private static final Map<String, String> UNFIXED = Map.of(
            "no-card", "The network cannot be set by hand: the guest has no network interface.",
            "no-tool", "The network cannot be set by hand: neither ip nor ifconfig does it in the guest.",
            "no-answer", "The network could not be set by hand in time.");

    private static final Pattern SAVABLE = Pattern.compile("qemush-savable (\\d+) (\\d+|none)\r?\n");

    private final SerialConsole console;
    private final ConsoleLog log;
    private final RootLogin login;
    private final Consumer<String> remarks;

    /** The last cause that was found; empty before and when none was. */
    private volatile Optional<String> cause = Optional.empty();

    public RootConsole(SerialConsole console, ConsoleLog log, ConsoleLogin login) {
        this(console, log, login, remark -> {});
    }

    /** @param remarks told why a guest will not answer by SSH, once for each cause that is found */
    public RootConsole(SerialConsole console, ConsoleLog log, ConsoleLogin login, Consumer<String> remarks) {
        this.console = console;
        this.remarks = remarks;
        this.log = log;
        this.login = new RootLogin(console, log, login);
    }

    /** Waits for the console's login prompt; false when it does not come in time. */
    public boolean awaitPrompt(Duration patience) throws IOException, InterruptedException {
        return login.awaitPrompt(patience);
    }

    /**
     * Logs in and lets the key in.
     *
     * @param patience for each answer
     * @return the SSH server's host key, {@code type base64}
     */
    public String allow(OneTimeKey key, String user, Duration patience) throws IOException, InterruptedException {
        return allow(key.publicLine(), user, patience);
    }

    /** Logs in and makes the user, with an empty line where its key will be. Returns the SSH server's host key. */
    public String allowNobody(String user, Duration patience) throws IOException, InterruptedException {
        return allow("", user, patience);
    }

    private String allow(String keyLine, String user, Duration patience) throws IOException, InterruptedException {
        login.enter(patience);
        console.type("qsh_user=" + ShellQuote.word(user) + "; qsh_key=" + ShellQuote.word(keyLine) + "; qsh_now="
                + Clock.systemUTC().instant().getEpochSecond() + "\n");
        type(ConsoleScripts.consoleSetup());
        return hostKey(patience);
    }

    /** A guest that makes its keys at the first boot may take a while. */
    private String hostKey(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long ask = System.nanoTime() + KEYLESS.toNanos();
        boolean told = false;
        boolean asked = false;
        for (Duration left = patience; !left.isNegative(); left = Duration.ofNanos(end - System.nanoTime())) {
            Optional<Matcher> answer = console.expect(TOLD, left.compareTo(ANSWER) < 0 ? left : ANSWER);
            told |= answer.isPresent();
            Optional<String> key = answer.map(found -> found.group(1));
            if (key.isPresent()) {
                return key.get();
            }
            if (told && !asked && System.nanoTime() - ask > 0) {
                asked = true;
                diagnose();
            }
            console.type("qsh_tell\n");
        }
        throw new GuestFailure(
                told
                        ? "The guest has no SSH host key: its SSH server did not start."
                                + cause.map(why -> " " + why).orElse("")
                        : "The set-up on the console did not finish.",
                log.tail());
    }

    /**
     * What a guest says before it is saved.
     *
     * @param uptime in seconds
     * @param keyMade when its host key was made, in epoch seconds; the largest number when it does not tell
     */
    public record Savable(long uptime, long keyMade) {}

    /** Prepares the guest to be saved; behind {@link #allowNobody}. */
    public Savable prepareToSave(Duration patience) throws IOException, InterruptedException {
        type(ConsoleScripts.wakeSetup());
        Matcher ready = expect(SAVABLE, patience, "The guest could not be prepared to be saved.");
        // A key of unknown age may be one that all such machines have: a new one for each is safe.
        long made = ready.group(2).equals("none") ? Long.MAX_VALUE : Long.parseLong(ready.group(2));
        return new Savable(Long.parseLong(ready.group(1)), made);
    }

    /**
     * Gives the guest's network interface the address of QEMU's user network by hand. What stands against it goes to the
     * remarks. Behind {@link #allow}.
     */
    public void fixNetwork() throws IOException, InterruptedException {
        type(ConsoleScripts.fixNetwork());
        String end = console.expect(NETWORK, DIAGNOSIS)
                .map(answer -> answer.group(1))
                .orElse("no-answer");
        Optional.ofNullable(UNFIXED.get(end)).ifPresent(remarks);
    }

    /**
     * Asks root's shell why the guest does not answer by SSH: it sees what nobody outside does. A cause that is another than the
     * last goes to the remarks; it is no verdict, as a slow guest may be about to mend it. Behind {@link #allow}.
     *
     * @return the cause and the next step; empty when root cannot tell
     */
    public Optional<String> diagnose() throws IOException, InterruptedException {
        type(ConsoleScripts.diagnose());
        Optional<String> before = cause;
        cause = console.expect(Diagnosis.ANSWER, DIAGNOSIS).flatMap(answer -> Diagnosis.of(answer.group(1)));
        cause.filter(found -> !cause.equals(before)).ifPresent(remarks);
        return cause;
    }

    private void type(List<String> lines) throws IOException {
        for (String line : lines) {
            console.type(line + "\n");
        }
    }

    private Matcher expect(Pattern pattern, Duration patience, String otherwise)
            throws IOException, InterruptedException {
        var match = console.expect(pattern, patience);
        if (match.isEmpty()) {
            throw new GuestFailure(otherwise, log.tail());
        }
        return match.get();
    }
}
