package io.jenkins.plugins.qemush.engine.standby;

import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * The machines that a {@link StandbyProcess} is to keep standing by.
 *
 * @param server which process
 * @param root of their run directories
 * @param kinds the first ones first, as far as the limits allow
 */
public record StandbyOrder(StandbyServer server, Path root, StandbyLimits limits, List<Kind> kinds) {
    public StandbyOrder {
        kinds = List.copyOf(kinds);
    }

    /**
     * Machines of one kind.
     *
     * @param name what the kind is called, different for each
     * @param request what each of them is like
     * @param count how many
     */
    public record Kind(String name, VmRequest request, int count) {}
}
