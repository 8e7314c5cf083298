package io.jenkins.plugins.qemush.engine.vm.verdict;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A line that a guest's console shows when something goes wrong.
 *
 * @param pattern found within one line; its first group, if any, fills the verdict's {@code %s}
 * @param verdict one sentence for the user
 * @param severity what it means for the machine
 * @param example a line as it was seen, or as the kernel's source prints it
 */
record CrashPattern(Pattern pattern, String verdict, Severity severity, String example) {

    enum Severity {
        /** The machine is of no use any more. */
        FATAL,
        /** A command may have been hurt: the reason to name if one failed. */
        SUSPECT
    }

    /** In order of precedence. The sources are those of Linux unless named. */
    static final List<CrashPattern> ALL = List.of(
            fatal(
                    "Kernel panic - not syncing: VFS: (Unable to mount root fs.*)",
                    "The guest's kernel found no root disk: %s.",
                    "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)"),
            fatal(
                    "Kernel panic - not syncing: (?:No working init found|Requested init).*",
                    "The guest's disk has no init that runs.",
                    "Kernel panic - not syncing: No working init found.  Try passing init= option to kernel."),
            fatal(
                    "Kernel panic - not syncing: Attempted to kill init! ?(.*)",
                    "The guest's init died (%s).",
                    "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100"),
            fatal(
                    "Kernel panic - not syncing: (?:Out of memory|System is deadlocked on memory).*",
                    "The guest ran out of memory; give it more (memory).",
                    "Kernel panic - not syncing: System is deadlocked on memory"),
            fatal(
                    "Kernel panic - not syncing: (.*)",
                    "The guest's kernel panicked: %s.",
                    "[   12.345678] Kernel panic - not syncing: sysrq triggered crash"),
            fatal(
                    "qemush: fatal: (.*)",
                    "The guest could not start: %s.",
                    "qemush: fatal: root device LABEL=nowhere not found"),
            // drivers of arch/*/kernel/traps.c and mm/fault.c
            fatal(
                    "(?:Internal error: |)Oops(?: - |: | \\[#|\\[#)(.*)",
                    "The guest's kernel crashed (oops): %s.",
                    "[   10.1] Internal error: Oops: 0000000096000004 [#1] SMP"),
            fatal(
                    "kernel BUG at (.*)!",
                    "The guest's kernel crashed: BUG at %s.",
                    "kernel BUG at fs/ext4/inode.c:2722!"),
            fatal(
                    "BUG: (?:kernel NULL pointer dereference|unable to handle).*",
                    "The guest's kernel crashed on a bad pointer.",
                    "BUG: kernel NULL pointer dereference, address: 0000000000000000"),
            fatal(
                    "Unable to handle kernel (.*)",
                    "The guest's kernel crashed: unable to handle kernel %s.",
                    "Unable to handle kernel paging request at virtual address dead000000000100"),
            suspect(
                    "Out of memory: Killed process (\\d+ \\([^)]*\\))",
                    "The guest ran out of memory: its kernel killed process %s; give it more (memory).",
                    "Out of memory: Killed process 123 (cc1plus) total-vm:1234kB, anon-rss:1000kB"),
            suspect(
                    "watchdog: BUG: soft lockup.*",
                    "A processor of the guest was stuck (soft lockup).",
                    "watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [sh:77]"),
            suspect(
                    "INFO: task (\\S+) blocked for more than",
                    "The guest's task %s hangs in the kernel.",
                    "INFO: task jbd2/vda-8:71 blocked for more than 120 seconds."),
            suspect(
                    "(?:EXT4-fs error|I/O error, dev (?:vda|mmcblk0)).*",
                    "The guest's root disk has errors.",
                    "EXT4-fs error (device vda): ext4_lookup:1855: inode #2: comm sh: deleted inode referenced"),
            suspect(
                    "No space left on device",
                    "The guest's disk is full.",
                    "sh: write error: No space left on device"));

    private static CrashPattern fatal(String regex, String verdict, String example) {
        return new CrashPattern(Pattern.compile(regex), verdict, Severity.FATAL, example);
    }

    private static CrashPattern suspect(String regex, String verdict, String example) {
        return new CrashPattern(Pattern.compile(regex), verdict, Severity.SUSPECT, example);
    }
}
