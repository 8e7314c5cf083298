package io.jenkins.plugins.qemush.bench;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.standby.StandbyKeeper;
import io.jenkins.plugins.qemush.engine.standby.StandbyMachines;
import io.jenkins.plugins.qemush.engine.supervisor.ControlClient;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine that stands by, from the request within a process to the first output of {@code id}.
 *
 * @param seconds of each run, ascending
 */
record Pool(List<Double> seconds) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofSeconds(30);

    static Pool measure(Image image, int runs) throws Exception {
        RunRoot root = RunRoot.ofUser();
        VmRequest request = VmRequest.of("pool", image).withWorkspaceDisk().with(WarmMode.AUTO);
        Thread keeper =
                new Thread(() -> keep(new StandbyKeeper(() -> request, 1, root, System.err::println)), "keeper");
        keeper.setDaemon(true);
        keeper.start();
        List<Double> seconds = new ArrayList<>();
        // The first loads this program's classes.
        measureOnce(root, request);
        for (int run = 0; run < runs; run++) {
            System.err.println("standing by, run " + (run + 1) + " of " + runs);
            seconds.add(measureOnce(root, request));
        }
        keeper.interrupt();
        keeper.join();
        // The last one would be taken by whatever is measured next.
        Optional<RunDirectory> left = new StandbyMachines(root).take(request, true);
        if (left.isPresent()) {
            new ControlClient(left.get()).stop(END);
        }
        Collections.sort(seconds);
        return new Pool(seconds);
    }

    private static void keep(StandbyKeeper keeper) {
        try {
            keeper.keep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("nothing stands by: " + e.getMessage());
        }
    }

    private static double measureOnce(RunRoot root, VmRequest request) throws Exception {
        Stopwatch patience = new Stopwatch();
        while (patience.seconds() < PATIENCE.toSeconds()) {
            Stopwatch watch = new Stopwatch();
            Optional<RunDirectory> taken = new StandbyMachines(root).take(request, true);
            if (taken.isPresent()) {
                return firstOutput(new ControlClient(taken.get()), watch);
            }
            // One is on its way, and on a small host it should be left alone for it.
            Thread.sleep(2000);
        }
        throw new IOException("no machine stood by");
    }

    private static double firstOutput(ControlClient machine, Stopwatch watch) throws Exception {
        GuestCommand command = new GuestCommand(List.of("id"), "user", Map.of(), Optional.empty());
        FirstWrite first = new FirstWrite(watch);
        machine.run(command, GuestStreams.output(first, OutputStream.nullOutputStream()));
        machine.stop(END);
        return first.seconds;
    }

    /** Notes when the first output comes. */
    private static final class FirstWrite extends OutputStream {
        private final Stopwatch watch;
        private double seconds;

        FirstWrite(Stopwatch watch) {
            this.watch = watch;
        }

        @Override
        public void write(int character) {
            if (seconds == 0) {
                seconds = watch.seconds();
            }
        }
    }

    String table() {
        return String.format(
                "%nstanding by: first output after %.3f s (median of %d; %.3f to %.3f)",
                seconds.get(seconds.size() / 2), seconds.size(), seconds.get(0), seconds.get(seconds.size() - 1));
    }
}
