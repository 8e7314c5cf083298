package io.jenkins.plugins.qemush.management;

import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.ImageState;
import io.jenkins.plugins.qemush.config.ConfiguredImage;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * One image on one node, as the page shows it.
 *
 * @param node empty for the built-in one
 * @param title the node's name for people
 * @param text what is known, in one line
 * @param style of the text
 * @param running whether work goes on, which can be cancelled
 * @param usable whether there can be work
 * @param present whether there is something to verify and to remove
 */
public record ImageCell(
        String node,
        String title,
        String image,
        String text,
        String style,
        boolean running,
        boolean usable,
        boolean present) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    static ImageCell of(NodeRow node, ConfiguredImage configured, Optional<Work> work) {
        String image = configured.getName();
        if (!node.problem().isEmpty()) {
            return new ImageCell(node.name(), node.title(), image, node.problem(), "secondary", false, false, false);
        }
        if (work.isPresent() && work.get().isRunning()) {
            return new ImageCell(node.name(), node.title(), image, work.get().status(), "running", true, true, false);
        }
        try {
            ImageState state = Agent.named(node.name()).images().state(configured.choice(), image);
            String failure = work.map(Work::status).orElse("");
            String text = text(state) + standby(node, configured) + (failure.isEmpty() ? "" : ". " + failure);
            boolean bad = state.kind() == ImageState.Kind.DAMAGED || !failure.isEmpty();
            boolean present = state.kind() != ImageState.Kind.ABSENT && state.kind() != ImageState.Kind.IN_PLACE;
            return new ImageCell(node.name(), node.title(), image, text, bad ? "error" : "plain", false, true, present);
        } catch (IOException e) {
            return new ImageCell(
                    node.name(),
                    node.title(),
                    image,
                    Messages.ImageCell_noAnswer(e.getMessage()),
                    "error",
                    false,
                    true,
                    false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ImageCell(node.name(), node.title(), image, "", "secondary", false, false, false);
        }
    }

    /** How many machines stand by; empty where none are to. */
    private static String standby(NodeRow node, ConfiguredImage image) throws IOException, InterruptedException {
        Optional<Integer> count = image.getStandby() == 0
                ? Optional.empty()
                : Agent.named(node.name()).standby().count(image.getName());
        return count.map(now -> ", " + Messages.ImageCell_standby(now, image.getStandby()))
                .orElse("");
    }

    private static String text(ImageState state) {
        String megabytes = String.format(Locale.ROOT, "%.0f", state.bytes() / 1e6);
        return switch (state.kind()) {
            case ABSENT -> Messages.ImageCell_absent();
            case IN_PLACE -> Messages.ImageCell_inPlace(megabytes);
            case DAMAGED -> Messages.ImageCell_damaged(state.detail());
            case CACHED ->
                state.verified() == 0
                        ? Messages.ImageCell_cached(megabytes)
                        : Messages.ImageCell_verified(megabytes, time(state.verified()));
        };
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }
}
