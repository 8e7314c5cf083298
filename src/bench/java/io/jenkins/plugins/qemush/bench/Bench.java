package io.jenkins.plugins.qemush.bench;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures all ways in turns, so that a host that slows down slows all of them. */
public final class Bench {
    private static final List<Way> WAYS =
            List.of(ByHand.USUAL, ByHand.USUAL_WITH_OUR_CPU, ByHand.BARE, QemuShRun.COLD, QemuShRun.WARM);

    private Bench() {}

    /** A row of the result: one way on one architecture. */
    record Row(String arch, String way, List<Sample> samples) {
        double median(ToDoubleFunction<Sample> figure) {
            double[] values = samples.stream().mapToDouble(figure).sorted().toArray();
            return values[values.length / 2];
        }

        double min(ToDoubleFunction<Sample> figure) {
            return samples.stream().mapToDouble(figure).min().orElseThrow();
        }
    }

    /** @param arguments the number of runs, then architectures */
    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        List<Row> rows = new ArrayList<>();
        // First: it makes the saved states that other ways restore.
        Clones clones = Clones.measure(image(arguments[1]));
        Pool pool = Pool.measure(image(arguments[1]), runs);
        for (String arch : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            rows.addAll(measure(arch, runs));
        }
        Folders folders = Folders.measure(image(arguments[1]), runs);
        print(rows);
        System.out.println(clones.table());
        System.out.println(pool.table());
        System.out.println(folders.table());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machines", rows);
        json.put("clones", clones);
        json.put("pool", pool);
        json.put("folders", folders);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "bench.json"), EngineJson.toJson(json) + "\n");
        Files.writeString(Path.of("target", "bench.svg"), Chart.svg(rows));
        Files.writeString(Path.of("target", "clones.svg"), ClonesChart.svg(clones));
    }

    private static Image image(String arch) throws Exception {
        ImageStore store = new ImageStore(QemuShHome.images(System.getenv()));
        return store.ready(store.findDefault(arch).manifest().name(), Progress.NONE);
    }

    private static List<Row> measure(String arch, int runs) throws Exception {
        Image image = image(arch);
        List<Row> rows = WAYS.stream()
                .map(way -> new Row(arch, way.title(), new ArrayList<>()))
                .toList();
        for (int run = 0; run < runs; run++) {
            for (int way = 0; way < WAYS.size(); way++) {
                System.err.println(arch + ", run " + (run + 1) + " of " + runs + ": "
                        + WAYS.get(way).title());
                rows.get(way).samples().add(WAYS.get(way).measure(image));
            }
        }
        return rows;
    }

    private static void print(List<Row> rows) {
        System.out.printf(
                "%-8s %-20s %22s %18s %16s %8s %6s%n",
                "arch", "way", "first output min/med s", "total min/med s", "10 more, med s", "QEMU MB", "ratio");
        for (Row row : rows) {
            double ours = rows.stream()
                    .filter(other ->
                            other.arch().equals(row.arch()) && other.way().startsWith("qemu-sh"))
                    .findFirst()
                    .orElseThrow()
                    .median(Sample::total);
            System.out.printf(
                    "%-8s %-20s %14.2f %7.2f %10.2f %7.2f %16.2f %8.0f %5.1fx%n",
                    row.arch(),
                    row.way(),
                    row.min(Sample::firstOutput),
                    row.median(Sample::firstOutput),
                    row.min(Sample::total),
                    row.median(Sample::total),
                    row.median(Sample::further),
                    row.median(Sample::memory),
                    row.median(Sample::total) / ours);
        }
    }
}
