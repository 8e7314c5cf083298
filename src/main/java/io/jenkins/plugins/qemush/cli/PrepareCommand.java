package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.OneTimeKey;
import io.jenkins.plugins.qemush.engine.vm.request.Access;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qemu-sh prepare}: the one boot that makes an image ready for work by hand. */
@Command(
        name = "prepare",
        description = {
            "Make a hand-made disk ready, in one boot that writes to it:",
            "SSH host keys are made, and your key is allowed for the user and for root.",
            "The disk as it was is kept beside it (.bak)."
        },
        footer = {
            "",
            "Example:",
            "  qemu-sh prepare --arch aarch64 --kernel Image --disk root.qcow2 --pubkey ~/.ssh/id_ed25519.pub --user me"
        })
final class PrepareCommand implements Callable<Integer> {
    /** The lines of one-time keys end with that comment, see {@link OneTimeKey}. */
    private static final String ALLOW =
            """
            for home in "$(grep "^$1:" /etc/passwd | cut -d: -f6)" "$(grep '^root:' /etc/passwd | cut -d: -f6)"; do
                keys=$home/.ssh/authorized_keys
                grep -v ' qemu-sh$' "$keys" >"$keys.new"
                grep -qxF "$2" "$keys.new" || echo "$2" >>"$keys.new"
                cat "$keys.new" >"$keys" && rm "$keys.new"
            done
            """;

    @Mixin
    private MachineOptions machine = new MachineOptions();

    private final Console console;

    PrepareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        VmRequest wanted = machine.request(console, false);
        String key = publicKey(wanted);
        wanted.image().requireChangeableDisk();
        Path disk = wanted.image().disk();
        Path backup = DiskBackup.keep(disk, console);
        VmRequest request = wanted.persistent();
        RunDirectory directory = RunRoot.ofUser().create(request.name());
        try (ForegroundMachine foreground = ForegroundMachine.open(request, directory, console)) {
            foreground.boot();
            int status = foreground
                    .supervisor()
                    .execute(
                            GuestCommand.rootScript(ALLOW, request.user(), key),
                            List.of(),
                            GuestStreams.output(StandardStreams.error(), StandardStreams.error()));
            if (status != 0) {
                throw new HostFailure(
                        "The key could not be allowed in the guest.", "The image is as before in " + backup + ".");
            }
        }
        console.info("ready: " + disk + " (as it was: " + backup + ")");
        return 0;
    }

    private static String publicKey(VmRequest request) throws IOException {
        Access access = request.access();
        if (access.identity().isPresent()) {
            return OneTimeKey.of(access.identity().get(), access.publicKey().orElse(null))
                    .publicLine();
        }
        Path file = access.publicKey()
                .orElseThrow(() ->
                        new HostFailure("Whose key is to be allowed?", "Give --pubkey FILE, or --identity FILE."));
        return OneTimeKey.readPublic(file);
    }
}
