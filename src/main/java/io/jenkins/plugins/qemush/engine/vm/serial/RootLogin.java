package io.jenkins.plugins.qemush.engine.vm.serial;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ConsoleLogin;
import io.jenkins.plugins.qemush.engine.vm.verdict.ConsoleLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the console's login prompt to a POSIX shell of our own, whatever root's login shell is, and whatever else writes on
 * the console meanwhile.
 *
 * <p>Only the shell's own answer counts. Prompts are hints of when to type: a line that is typed too early, twice or into a
 * login prompt does no harm, and one that gets lost is typed again.
 */
final class RootLogin {
    /**
     * One command that all shells understand, Bourne's, csh's and fish's. The shell that it starts reads the console as its
     * script, so it has no prompt, edits no line and keeps no history; without /proc it is a common one. The echo of this
     * line cannot match what it prints. Some logins leave the programs of root's out of PATH.
     */
    private static final String SHELL = " exec sh -c 'stty -echo 2>/dev/null; export PATH=\"$PATH:/usr/sbin:/sbin\";"
            + " echo qemush-$((40+2)); [ ! -c /proc/self/fd/0 ] || exec sh /proc/self/fd/0; PS1= PS2= exec sh'\n";

    private static final String OURS = "(?<ours>qemush-42\r?\n)";
    private static final String REFUSED = "(?<refused>[Pp]assword: ?\\z|[Ll]ogin incorrect)";

    /** Of any shell, with colours, titles and modes of the terminal behind it. */
    private static final String PROMPT =
            "(?<prompt>[#$%>] ?(?:\r|\u001b(?:\\[[0-9;?]*[a-zA-Z]|\\][^\u0007\u001b]{0,200}\u0007|[=>]|\\([A-Z0-9]))*\\z)";

    /** What ends with a question is one if nothing follows for so long; a message of the day may go on. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Without any sign for so long the line is typed again, then after twice the time, and so on. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration LAST = Duration.ofSeconds(16);

    private final SerialConsole console;
    private final ConsoleLog log;
    private final ConsoleLogin login;
    private final Pattern sign;

    RootLogin(SerialConsole console, ConsoleLog log, ConsoleLogin login) {
        this.console = console;
        this.log = log;
        this.login = login;
        String again = "(?<again>" + Pattern.quote(login.prompt()) + "\\z)";
        this.sign = Pattern.compile(String.join("|", OURS, REFUSED, again, PROMPT));
    }

    /** Waits for the login prompt; false when it does not come in time. */
    boolean awaitPrompt(Duration patience) throws IOException, InterruptedException {
        return console.expect(Pattern.compile(Pattern.quote(login.prompt())), patience)
                .isPresent();
    }

    /**
     * Logs in.
     *
     * @param patience for all of it
     * @throws HostFailure when a password is wanted
     * @throws GuestFailure when no shell answers
     */
    void enter(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST;
        boolean named = true;
        boolean prompted = false;
        type(login.login() + "\n");
        for (Duration left = patience; !left.isNegative(); left = Duration.ofNanos(end - System.nanoTime())) {
            Optional<Matcher> seen = console.expect(sign, left.compareTo(pause) < 0 ? left : pause);
            if (seen.isEmpty()) {
                type(SHELL);
                named = false;
                pause = pause.compareTo(LAST) < 0 ? pause.multipliedBy(2) : LAST;
            } else if (is("ours", seen)) {
                return;
            } else if (is("prompt", seen)) {
                prompted = true;
                // Another one may be the echo of the line itself, or mean that the line got lost.
                if (named || console.isQuiet(PAUSE)) {
                    type(SHELL);
                    named = false;
                }
            } else if (console.isQuiet(PAUSE)) {
                requirePasswordless(named && is("refused", seen));
                // A password is asked for whoever was named by what is typed for a shell: nobody.
                named = is("again", seen);
                type((named ? login.login() : "") + "\n");
            }
        }
        throw new GuestFailure(
                prompted
                        ? "The shell on the console does not answer."
                        : "The console gave no shell after the login as " + login.login() + ".",
                log.tail());
    }

    private static boolean is(String name, Optional<Matcher> seen) {
        return seen.orElseThrow().group(name) != null;
    }

    private void requirePasswordless(boolean refused) throws HostFailure {
        if (refused) {
            throw new HostFailure(
                    "The console wants a password for " + login.login() + ".",
                    "Let root in without one on the serial console, or build the image so that it takes the key otherwise.");
        }
    }

    private void type(String text) throws IOException {
        console.type(text);
    }
}
