package io.jenkins.plugins.qemush.engine.vm.verdict;

/**
 * What a line on the console says of the machine.
 *
 * @param sentence for the user
 * @param severity whether the machine can go on
 */
public record Verdict(String sentence, CrashPattern.Severity severity) {
    boolean isFatal() {
        return severity == CrashPattern.Severity.FATAL;
    }
}
