package io.jenkins.plugins.qemush.bench;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.supervisor.Supervisor;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several machines at once, booted and restored, all started in the same moment by one process. */
record Clones(List<Row> rows) {
    private static final List<Integer> COUNTS = List.of(1, 4, 12, 24);
    private static final int IDLE_SECONDS = 3;

    /**
     * So many at once.
     *
     * @param seconds until the last has answered
     * @param memory of each QEMU in MB (PSS), on average
     * @param idle part of a processor that each takes when it has nothing to do, in percent
     */
    record Row(boolean warm, int count, double seconds, double memory, double idle) {}

    static Clones measure(Image image) throws Exception {
        atOnce(image, WarmMode.TRUE, 1);
        List<Row> rows = new ArrayList<>();
        for (int count : COUNTS) {
            rows.add(atOnce(image, WarmMode.FALSE, count));
            rows.add(atOnce(image, WarmMode.TRUE, count));
        }
        return new Clones(rows);
    }

    private static Row atOnce(Image image, WarmMode warm, int count) throws Exception {
        System.err.println(count + " at once, " + (warm == WarmMode.TRUE ? "restored" : "booted"));
        List<Supervisor> machines = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            Stopwatch watch = new Stopwatch();
            List<Future<Supervisor>> starts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "bench-" + ProcessHandle.current().pid() + "-" + i;
                VmRequest request =
                        VmRequest.of(name, image).withWorkspaceDisk().with(warm);
                starts.add(threads.submit(() -> answered(request)));
            }
            for (Future<Supervisor> start : starts) {
                machines.add(start.get());
            }
            double seconds = watch.seconds();
            double memory = 0;
            double before = 0;
            for (Supervisor machine : machines) {
                memory += Stopwatch.proportionalMemory(pid(machine));
                before += Stopwatch.processorTime(pid(machine));
            }
            Thread.sleep(IDLE_SECONDS * 1000);
            double after = 0;
            for (Supervisor machine : machines) {
                after += Stopwatch.processorTime(pid(machine));
            }
            double idle = 100 * (after - before) / IDLE_SECONDS / count;
            return new Row(warm == WarmMode.TRUE, count, seconds, memory / count, idle);
        } finally {
            threads.shutdownNow();
            for (Supervisor machine : machines) {
                machine.close();
            }
        }
    }

    private static Supervisor answered(VmRequest request) throws IOException, InterruptedException {
        Supervisor machine = Supervisor.open(request, RunRoot.ofUser().create(request.name()), true);
        OutputStream nowhere = OutputStream.nullOutputStream();
        // On a host with too little memory for all of them this never ends.
        machine.onWait(System.err::println);
        machine.boot();
        GuestCommand command = new GuestCommand(List.of("id"), "user", Map.of(), Optional.empty());
        machine.execute(command, List.of(), GuestStreams.output(nowhere, nowhere));
        return machine;
    }

    private static long pid(Supervisor machine) throws IOException {
        return EngineJson.read(machine.vm().directory().description(), VmDescription.class)
                .qemu();
    }

    String table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%n%-10s %8s %14s %12s %12s %12s",
                "machines", "at once", "all answer s", "each s", "PSS each MB", "idle CPU %"));
        for (Row row : rows) {
            lines.add(String.format(
                    "%-10s %8d %14.2f %12.2f %12.0f %12.1f",
                    row.warm() ? "restored" : "booted",
                    row.count(),
                    row.seconds(),
                    row.seconds() / row.count(),
                    row.memory(),
                    row.idle()));
        }
        return String.join(System.lineSeparator(), lines);
    }
}
