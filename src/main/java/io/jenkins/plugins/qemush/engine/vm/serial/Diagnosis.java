package io.jenkins.plugins.qemush.engine.vm.serial;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a guest that has booted does not answer by SSH, as its root's shell tells.
 *
 * @param evidence found in the shell's answer
 * @param cause and the next step; the answer's first group fills its {@code %s}
 */
record Diagnosis(Pattern evidence, String cause) {
    /** The answer of {@code diagnose.sh}. */
    static final Pattern ANSWER = Pattern.compile("qemush-diagnosis (card=[^\r\n]*) \\.\r?\n");

    /** In order of precedence: what comes first makes the rest impossible. */
    static final List<Diagnosis> ALL = List.of(
            diagnosis(
                    "card= ",
                    "The guest has no network interface: its kernel has no driver for the network card."
                            + " Build virtio-net into it, or load its module at the start."),
            diagnosis(
                    "card=(\\S+) address=no",
                    "The guest's interface %s has no address of QEMU's user network: have the guest use DHCP there, or"
                            + " 10.0.2.15/24 with gateway 10.0.2.2."),
            diagnosis("full=yes", "The guest's root disk is full. Make it larger: qemu-img resize, then resize2fs."),
            diagnosis(
                    "server=no",
                    "No SSH server runs in the guest: neither sshd nor dropbear. Have the image start one; its"
                            + " reason is in the console log, if it tells one."),
            diagnosis(
                    "listens=no",
                    "The guest's SSH server runs but does not listen on port 22: correct its configuration."));

    private static Diagnosis diagnosis(String evidence, String cause) {
        return new Diagnosis(Pattern.compile(evidence), cause);
    }

    /** The cause that an answer tells of, in sentences for people; empty when all seems well. */
    static Optional<String> of(String answer) {
        for (Diagnosis known : ALL) {
            Matcher matcher = known.evidence.matcher(answer);
            if (matcher.find()) {
                return Optional.of(known.cause.formatted(matcher.groupCount() > 0 ? matcher.group(1) : ""));
            }
        }
        return Optional.empty();
    }
}
