package io.jenkins.plugins.qemush.engine.vm.serial;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The portable way in: root logs in on the serial console without a password, makes the user if there is none, allows
 * the key, sets the clock and reads the SSH server's key back.
 */
public final class RootConsole {
    /** A shell that waits for input, or a login that wants what we do not have. Escape sequences may follow. */
    private static final Pattern PROMPT =
            Pattern.compile("(?:([Pp]assword: ?)|([Ll]ogin incorrect)|[#$%>] ?)(?:\u001b\\[[0-9;?]*[a-zA-Z])*$");

    /** The echo of this line cannot match what it prints. What is typed later is no history of anybody's. */
    private static final String QUIETEN = "unset HISTFILE; stty -echo; PS1=; PS2=; echo qemush-$((40+2))\n";

    /** A POSIX shell has answered by then, on a loaded host too. */
    private static final Duration OTHER_SHELL = Duration.ofSeconds(5);

    private static final Pattern QUIET = Pattern.compile("qemush-42\r?\n");
    private static final Pattern DONE = Pattern.compile("qemush-hostkey ([^\r\n]*)\r?\n(?s:.*?)qemush-done\r?\n");

    private static final Pattern SAVABLE = Pattern.compile("qemush-savable (\\d+) (\\d+|none)\r?\n");

    private final SerialConsole console;
    private final ConsoleLog log;
    private final ConsoleLogin login;

    public RootConsole(SerialConsole console, ConsoleLog log, ConsoleLogin login) {
        this.console = console;
        this.log = log;
        this.login = login;
    }

    /** Waits for the console's login prompt; false when it does not come in time. */
    public boolean awaitPrompt(Duration patience) throws IOException, InterruptedException {
        return console.expect(Pattern.compile(Pattern.quote(login.prompt())), patience)
                .isPresent();
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
        console.type(login.login() + "\n");
        Matcher prompt =
                expect(PROMPT, patience, "The console gave no shell after the login as " + login.login() + ".");
        if (prompt.group(1) != null || prompt.group(2) != null) {
            throw new HostFailure(
                    "The console wants a password for " + login.login() + ".",
                    "Let root in without one on the serial console, or build the image so that it takes the key otherwise.");
        }
        quieten(patience);
        console.type("qsh_user=" + ShellQuote.word(user) + "; qsh_key=" + ShellQuote.word(keyLine) + "; qsh_now="
                + Clock.systemUTC().instant().getEpochSecond() + "\n");
        type(ConsoleScripts.consoleSetup());
        Matcher done = expect(DONE, patience, "The set-up on the console did not finish.");
        return hostKey(done.group(1));
    }

    /** Has a POSIX shell that neither echoes nor prompts. csh and fish understand little more than the exec. */
    private void quieten(Duration patience) throws IOException, InterruptedException {
        console.type(QUIETEN);
        Duration first = patience.compareTo(OTHER_SHELL) < 0 ? patience : OTHER_SHELL;
        if (console.expect(QUIET, first).isEmpty()) {
            console.type("\nexec sh\n");
            console.type(QUIETEN);
            expect(QUIET, patience, "The shell on the console does not answer.");
        }
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

    /** Why the guest does not answer by SSH, in sentences for people; empty when its root cannot tell. Behind {@link #allow}. */
    public Optional<String> diagnose(Duration patience) throws IOException, InterruptedException {
        type(ConsoleScripts.diagnose());
        return console.expect(Diagnosis.ANSWER, patience).flatMap(answer -> Diagnosis.of(answer.group(1)));
    }

    private void type(List<String> lines) throws IOException {
        for (String line : lines) {
            console.type(line + "\n");
        }
    }

    private String hostKey(String line) throws IOException {
        String[] words = line.strip().split(" ");
        if (words.length < 2) {
            throw new GuestFailure("The guest has no SSH host key: its SSH server did not start.", log.tail());
        }
        return words[0] + " " + words[1];
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
