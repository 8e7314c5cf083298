package io.jenkins.plugins.qemush.engine.vm.verdict;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What QEMU prints when it refuses to run, and what that means for the user.
 *
 * @param pattern found within QEMU's output; its first group, if any, fills the cause's {@code %s}
 * @param example as QEMU prints it
 */
public record QemuComplaint(Pattern pattern, String cause, String nextStep, String example) {

    /** In order of precedence. */
    static final List<QemuComplaint> ALL = List.of(
            complaint(
                    "Could not set up host forwarding rule 'tcp:([0-9.]+:[0-9]+)-",
                    "The port is taken on this host: %s.",
                    "Choose another --port or --publish; without --port QEMU picks a free one. Who has it: ss -ltnp",
                    "-netdev user,id=net,hostfwd=tcp:127.0.0.1:10023-:22: Could not set up host forwarding rule"
                            + " 'tcp:127.0.0.1:10023-:22'"),
            complaint(
                    "Is another process using the image \\[(.*)\\]",
                    "Another machine uses the disk: %s.",
                    "End that machine first, or leave out --no-snapshot in both.",
                    "-device virtio-blk-device,drive=root: Failed to get \"write\" lock\n"
                            + "Is another process using the image [/tmp/disk.qcow2]?"),
            complaint(
                    "Image is (?:not in qcow2 format|corrupt.*)",
                    "The disk is damaged, or not in the format that its image says.",
                    "Get or build it again; qemu-img check tells more.",
                    "-drive file=disk.qcow2,format=qcow2: Image is not in qcow2 format"),
            complaint(
                    "Could not open '([^']*)': Permission denied",
                    "QEMU may not open %s.",
                    "Check the permissions of the file and of the folders above it.",
                    "-drive file=/root/disk.qcow2: Could not open '/root/disk.qcow2': Permission denied"),
            complaint(
                    "[cC]annot set up guest memory",
                    "This host has not enough memory for the machine.",
                    "Ask for less memory, or run fewer machines at once.",
                    "cannot set up guest memory 'mach-virt.ram': Cannot allocate memory"),
            complaint(
                    "KVM internal error|KVM: entry failed",
                    "KVM gave up on the guest: this host's does not virtualise all that the guest does.",
                    "Take the right to /dev/kvm from this user: the processor is emulated then.",
                    "KVM internal error. Suberror: 1"),
            complaint(
                    "No space left on device",
                    "The host's disk is full: QEMU cannot keep what the guest writes.",
                    "Free space in the folder that --scratch names, else in /var/tmp, or name another one with --scratch.",
                    "Could not write to temporary overlay '/var/tmp/vl.x': No space left on device"),
            complaint(
                    "(?i)(?:could not load|error loading|unable to load|could not open) (?:uncompressed )?kernel.*",
                    "QEMU cannot load the kernel: it is damaged, or of another architecture.",
                    "Check with the command file what the kernel is for.",
                    "could not load kernel 'vmlinuz'"));

    private static QemuComplaint complaint(String regex, String cause, String nextStep, String example) {
        return new QemuComplaint(Pattern.compile(regex), cause, nextStep, example);
    }

    /** The failure that QEMU's output tells of, if it is a known one. */
    public static Optional<HostFailure> in(String output) {
        for (QemuComplaint known : ALL) {
            Matcher matcher = known.pattern().matcher(output);
            if (matcher.find()) {
                String detail = matcher.groupCount() > 0 ? matcher.group(1) : "";
                return Optional.of(new HostFailure(known.cause().formatted(detail), known.nextStep()));
            }
        }
        return Optional.empty();
    }
}
