package io.jenkins.plugins.qemush.bench;

import java.util.List;
import java.util.Locale;

/** Curves: seconds until all machines have answered, by their number; what each costs is the slope. */
final class ClonesChart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 320;
    private static final int LEFT = 60;
    private static final int BOTTOM = 40;
    private static final int TOP = 30;
    private static final int RIGHT = 90;
    private static final int TICKS = 4;

    private final List<Clones.Row> rows;
    private final double most;
    private final double longest;
    private final StringBuilder svg = new StringBuilder();

    private ClonesChart(List<Clones.Row> rows) {
        this.rows = rows;
        this.most = rows.stream().mapToInt(Clones.Row::count).max().orElse(1);
        this.longest = rows.stream().mapToDouble(Clones.Row::seconds).max().orElse(1);
    }

    static String svg(Clones clones) {
        return new ClonesChart(clones.rows()).draw();
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<title>Seconds until all machines have answered, by their number</title>%n",
                WIDTH, HEIGHT);
        for (int tick = 0; tick <= TICKS; tick++) {
            double seconds = longest * tick / TICKS;
            add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#d8dde6\"/>%n"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f s</text>%n",
                    LEFT, WIDTH - RIGHT, y(seconds), y(seconds), LEFT - 6, y(seconds) + 4, seconds);
        }
        rows.stream()
                .map(Clones.Row::count)
                .distinct()
                .forEach(count -> add(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                        x(count), HEIGHT - BOTTOM + 18, count));
        curve(false, "booted", "#8b94a3");
        curve(true, "restored", "#2a7ae2");
        return svg.append("</svg>\n").toString();
    }

    private void curve(boolean warm, String name, String colour) {
        List<Clones.Row> points =
                rows.stream().filter(row -> row.warm() == warm).toList();
        add("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"", colour);
        points.forEach(row -> add("%.1f,%.1f ", x(row.count()), y(row.seconds())));
        add("\"/>%n");
        points.forEach(row -> add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x(row.count()), y(row.seconds()), colour));
        Clones.Row last = points.get(points.size() - 1);
        add(
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
                x(last.count()) + 8, y(last.seconds()) + 4, colour, name);
    }

    private double x(double count) {
        return LEFT + (WIDTH - LEFT - RIGHT) * count / most;
    }

    private double y(double seconds) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * seconds / longest;
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
