package io.jenkins.plugins.qemush.bench;

import java.util.List;
import java.util.Locale;

/** Horizontal bars, one for each way and architecture: the median time until everything is over. */
final class Chart {
    private static final int LABELS = 230;
    private static final int WIDTH = 760;
    private static final int ROW = 22;

    private Chart() {}

    static String svg(List<Bench.Row> rows) {
        double longest = rows.stream()
                .mapToDouble(row -> row.median(Sample::total))
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<title>Seconds for run -- id, median</title>%n",
                WIDTH, ROW * rows.size() + 10));
        for (int i = 0; i < rows.size(); i++) {
            Bench.Row row = rows.get(i);
            double seconds = row.median(Sample::total);
            String colour = row.way().startsWith("qemu-sh") ? "#2a7ae2" : "#b0b7c3";
            int y = 5 + ROW * i;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s, %s</text>%n"
                            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                            + "<text x=\"%.1f\" y=\"%d\">%.1f s</text>%n",
                    LABELS - 8,
                    y + 15,
                    row.arch(),
                    row.way(),
                    LABELS,
                    y + 2,
                    bar(seconds, longest),
                    ROW - 5,
                    colour,
                    LABELS + bar(seconds, longest) + 6,
                    y + 15,
                    seconds));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double bar(double seconds, double longest) {
        return seconds / longest * (WIDTH - LABELS - 60);
    }
}
