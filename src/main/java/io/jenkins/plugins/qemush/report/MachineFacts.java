package io.jenkins.plugins.qemush.report;

import io.jenkins.plugins.qemush.agent.MachineOrder;
import io.jenkins.plugins.qemush.agent.MachinePlan;
import java.util.List;
import java.util.Map;

/**
 * What is known of a machine before it starts; {@code machine.json} in the build's folder.
 *
 * @param source where the image came from, for people
 * @param digests SHA-256 of the image's files by role
 * @param node empty for the built-in one
 * @param memory in MB
 * @param user who runs the commands
 * @param network whether the guest reaches what the agent reaches
 * @param archive whether the console log is to become an artifact
 * @param reproduce the commands that boot the same machine elsewhere
 */
public record MachineFacts(
        String arch,
        String image,
        String source,
        Map<String, String> digests,
        String node,
        int memory,
        int cpus,
        String user,
        boolean network,
        boolean archive,
        List<String> reproduce) {

    /** Fields that an older version did not write come as null. */
    public MachineFacts {
        arch = orEmpty(arch);
        image = orEmpty(image);
        source = orEmpty(source);
        digests = digests == null ? Map.of() : digests;
        node = orEmpty(node);
        user = orEmpty(user);
        reproduce = reproduce == null ? List.of() : List.copyOf(reproduce);
    }

    /** Of a machine whose file is not there, or damaged. */
    static final MachineFacts UNKNOWN = new MachineFacts("", "", "", Map.of(), "", 0, 0, "", false, false, List.of());

    /** What is known before the image is ready. */
    public static MachineFacts expected(MachineOrder order, String node, boolean archive) {
        return new MachineFacts(
                order.image().title(),
                "",
                "",
                Map.of(),
                node,
                0,
                order.cpus(),
                "",
                order.network(),
                archive,
                List.of());
    }

    public static MachineFacts of(MachineOrder order, MachinePlan plan, String node, boolean archive) {
        return new MachineFacts(
                plan.arch(),
                plan.image(),
                plan.source(),
                plan.digests(),
                node,
                plan.memory(),
                order.cpus(),
                plan.user(),
                order.network(),
                archive,
                Reproduction.of(order, plan));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
