package io.jenkins.plugins.qemush.pipeline;

import static io.jenkins.plugins.qemush.engine.guest.ShellQuote.word;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The launch of a {@code sh} step, recognised by the command line that the durable-task plugin writes
 * (BourneShellScript).
 *
 * @param controlDirectory where log and result are expected
 * @param script for {@code sh -c}: runs the user's script in the background, writes its log and, last, its result
 */
record DurableTaskCommand(String controlDirectory, String script) {
    private static final Pattern CONTROL_DIRECTORY = Pattern.compile("^\\(?cp '(.+?)/script\\.sh' ");
    private static final String NOHUP = "nohup";
    private static final List<String> SHELL = List.of("sh", "-c");
    private static final String RESULT = "jenkins-result.txt";
    private static final String BINARY_MARK = "-controldir=";

    /**
     * Recognises a launch. Words in front of it, as {@code docker exec} or {@code sudo}, make it another: the script is meant
     * to run by them.
     *
     * @param command with {@code $$} turned back into {@code $}
     */
    static Optional<DurableTaskCommand> of(List<String> command) {
        if (command.size() > 1 && command.get(1).startsWith(BINARY_MARK)) {
            return Optional.of(ofBinary(command));
        }
        List<String> shell = command.subList(command.get(0).equals(NOHUP) ? 1 : 0, command.size());
        if (shell.size() != 3 || !shell.subList(0, 2).equals(SHELL)) {
            return Optional.empty();
        }
        String script = shell.get(2);
        Matcher directory = CONTROL_DIRECTORY.matcher(script);
        if (!script.contains(RESULT) || !directory.find()) {
            return Optional.empty();
        }
        return Optional.of(new DurableTaskCommand(directory.group(1), script));
    }

    /**
     * durable-task's wrapper program, off by default, is one for the agent's processor: the script form does the same with
     * the guest's own shell.
     */
    private static DurableTaskCommand ofBinary(List<String> command) {
        String log = word(option(command, "-log="));
        String copy = word(option(command, "-script=") + ".copy");
        String shell = option(command, "-shell=");
        String output = option(command, "-output=");
        String result = option(command, "-result=");
        String cookie = option(command, "-cookieval=");
        String script = "(cp " + word(option(command, "-script=")) + " " + copy
                + "; jsc=" + cookie + "; " + option(command, "-cookiename=") + "=$jsc "
                + (shell.isEmpty() ? "" : word(shell) + " -xe ") + copy
                + (output.isEmpty() ? " > " + log + " 2>&1" : " > " + word(output) + " 2> " + log)
                + "; echo $? > " + word(result + ".tmp") + "; mv " + word(result + ".tmp") + " " + word(result)
                + ") >&- 2>&- &";
        return new DurableTaskCommand(option(command, BINARY_MARK), script);
    }

    private static String option(List<String> command, String name) {
        return command.stream()
                .filter(argument -> argument.startsWith(name))
                .map(argument -> argument.substring(name.length()))
                .findFirst()
                .orElse("");
    }
}
