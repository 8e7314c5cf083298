package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.standby.StandbyKeeper;
import io.jenkins.plugins.qemush.engine.vm.StateMaker;
import io.jenkins.plugins.qemush.engine.vm.WarmStart;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qemu-sh image warm}: saves a booted machine, for others to be restored from. */
@Command(
        name = "warm",
        description = {
            "Boot a machine once and save it: run and up with the same flags restore it from then on.",
            "They do so by themselves after their first use of an image; this saves them the first time."
        },
        footer = {
            "",
            "Examples:",
            "  qemu-sh image warm --arch aarch64",
            "  qemu-sh image warm --arch aarch64 --pool 2",
            "  qemu-sh image warm --list",
            "  qemu-sh image warm --clear"
        })
final class ImageWarmCommand implements Callable<Integer> {
    @Mixin
    private MachineOptions machine = new MachineOptions();

    @Option(names = "--list", description = "List the saved states, the most recently used first.")
    private boolean list;

    @Option(names = "--clear", description = "Remove all saved states, and what was learnt about them.")
    private boolean clear;

    @Option(
            names = "--pool",
            paramLabel = "N",
            description = {
                "Keep so many machines standing by, for run and up to take at once; ends with Ctrl-C.",
                "One that is taken is made again. They make room when memory is short."
            })
    private int pool;

    private final Console console;

    ImageWarmCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        SavedStates states = SavedStates.ofUser();
        if (clear) {
            clear(states);
        } else if (!list) {
            make(states);
            standBy();
        }
        if (list) {
            print(states);
        }
        return 0;
    }

    private static void clear(SavedStates states) throws IOException {
        for (SavedState state : states.list()) {
            states.discard(state);
        }
        states.notes().forget();
    }

    private static void print(SavedStates states) throws IOException {
        String row = "%-24s %-10s %-9s %8s  %s%n";
        System.out.printf(row, "IMAGE", "ARCH", "MEMORY", "MB", "LAST USED");
        for (SavedState state : states.list()) {
            System.out.printf(
                    row,
                    state.manifest().image(),
                    state.manifest().arch(),
                    state.manifest().way().isMapped() ? "mapped" : "streamed",
                    state.manifest().bytes() >> 20,
                    state.lastUse().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private void standBy() throws IOException, InterruptedException {
        if (pool < 0) {
            throw new HostFailure("So few machines cannot stand by: " + pool, "Give --pool a number from 1 on.");
        }
        if (pool > 0) {
            console.info("up to " + pool + " machines stand by until Ctrl-C");
            new StandbyKeeper(() -> machine.request(console, true), pool, RunRoot.ofUser(), console::info).keep();
        }
    }

    private void make(SavedStates states) throws IOException, InterruptedException {
        VmRequest request = machine.request(console, true).with(WarmMode.TRUE);
        String name = request.image().manifest().name();
        console.info("booting " + name + " once, to save it");
        Optional<SavedState> state = StateMaker.make(request, states);
        if (state.isEmpty()) {
            String why = WarmStart.reasonForNone(request.with(WarmMode.AUTO)).orElse("this host is too busy to try");
            throw new HostFailure(
                    "Machines of " + name + " boot each time: " + why + ".",
                    "With another QEMU or kernel they may be restored. Try again with: qemu-sh image warm --clear");
        }
        console.info("saved: " + (state.get().manifest().bytes() >> 20) + " MB; it saves a boot of "
                + state.get().manifest().bootMillis() + " ms each time");
    }
}
