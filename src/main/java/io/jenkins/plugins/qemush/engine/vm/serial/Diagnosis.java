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
    /** The answer of {@code diagnose.sh}. What sshd says of itself ends with a carriage return, in the middle of the line. */
    static final Pattern ANSWER = Pattern.compile("qemush-diagnosis (card=[^\n]*) \\.\r?\n");

    /** A log may hold anything. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

    /** In order of precedence: what comes first makes the rest impossible. */
    static final List<Diagnosis> ALL = List.of(
            diagnosis(
                    "^card= virtio=yes",
                    "The guest has no network interface: the card is there, but its kernel has no driver for it. Build"
                            + " virtio-net (CONFIG_VIRTIO_NET) into the kernel, or load its module at the start."),
            diagnosis(
                    "^card= ",
                    "The guest has no network interface: its kernel has no driver for the network card or for its bus."
                            + " Build virtio-net and virtio-pci or virtio-mmio into the kernel, or load their modules at"
                            + " the start; or give the card that the kernel knows, with \"net\" in the image.json."),
            diagnosis(
                    "^card=(\\S+) .*address=no ",
                    "The guest's interface %s has no address: have the guest use DHCP there, or 10.0.2.15/24 with gateway"
                            + " 10.0.2.2. --fix-network (in the step: fixNetwork) sets it by hand."),
            diagnosis(
                    "^card=\\S+ virtio=\\S+ address=([0-9.]+) ",
                    "The guest's interface has the address %s, which QEMU's user network does not have: have the guest use"
                            + " DHCP, or 10.0.2.15/24 with gateway 10.0.2.2. --fix-network (in the step: fixNetwork) sets it"
                            + " by hand."),
            diagnosis(
                    "route=no",
                    "The guest has an address but no route to 10.0.2.2, where connections come from: give the address its"
                            + " netmask, 255.255.255.0."),
            diagnosis("full=yes", "The guest's root disk is full. Make it larger: qemu-img resize, then resize2fs."),
            diagnosis(
                    "readonly=yes.* keys=no",
                    "The guest's SSH server has no host keys, and the root disk is read-only, so that none can be made."
                            + " Mount it with rw, or make the keys with the image: ssh-keygen -A."),
            diagnosis(
                    "keys=no listens=no server=no",
                    "The guest's SSH server does not run: it has no host keys. Make them before it starts: ssh-keygen -A,"
                            + " or dropbear with -R."),
            diagnosis(
                    "listens=no server=missing",
                    "No SSH server is installed in the guest: neither sshd nor dropbear is there. Put one into the image."),
            diagnosis(
                    "listens=no server=no .*words=(.*\\S)",
                    "The guest's SSH server does not run. It says: %s. Mend that in the image."),
            diagnosis(
                    "listens=no server=no",
                    "The guest's SSH server does not run, and tells no reason. Have the image start it."),
            diagnosis(
                    "listens=loopback",
                    "The guest's SSH server listens on its loopback only: leave ListenAddress out of its configuration."),
            diagnosis(
                    "listens=no server=yes .*ports=(\\S+)",
                    "The guest's SSH server runs but does not listen on port 22. In the guest these ports are listened on:"
                            + " %s. Correct the server's configuration."),
            diagnosis(
                    "listens=no",
                    "The guest's SSH server runs but does not listen on port 22, nor does anybody on another: correct its"
                            + " configuration."),
            diagnosis(
                    "wall=yes", "The guest's SSH server listens, but its firewall drops connections: let port 22 in."));

    private static Diagnosis diagnosis(String evidence, String cause) {
        return new Diagnosis(Pattern.compile(evidence), cause);
    }

    /** The cause that an answer tells of, in sentences for people; empty when all seems well. */
    static Optional<String> of(String answer) {
        String printable = UNPRINTABLE.matcher(answer.replace("\r", "")).replaceAll("?");
        for (Diagnosis known : ALL) {
            Matcher matcher = known.evidence.matcher(printable);
            if (matcher.find()) {
                return Optional.of(known.cause.formatted(matcher.groupCount() > 0 ? matcher.group(1) : ""));
            }
        }
        return Optional.empty();
    }
}
