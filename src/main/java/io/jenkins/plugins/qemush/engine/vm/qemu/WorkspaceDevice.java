package io.jenkins.plugins.qemush.engine.vm.qemu;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The guest's side of the workspace disk. It must not take the root disk's name: where the bus numbers disks by chance, it is
 * plugged once the root is mounted.
 *
 * @param properties of QEMU's device, by name
 */
public record WorkspaceDevice(Map<String, String> properties, boolean pluggedLater) {
    /** The block node behind it, for QMP's {@code block_resize}; also the disk's serial. */
    public static final String NODE = "workspace";

    /** The device, if the request wants one and the machine has a place for it. */
    public static Optional<WorkspaceDevice> of(VmRequest request) throws HostFailure {
        Machine machine = request.image().machine();
        if (!request.hardware().workspaceDisk() || machine.disk() != DiskBus.VIRTIO) {
            return Optional.empty();
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("driver", machine.bus().device("blk"));
        properties.put("drive", NODE);
        properties.put("serial", NODE);
        return Optional.of(new WorkspaceDevice(properties, machine.bus().numbersByChance()));
    }

    /** As QEMU's option {@code -device} takes it. */
    String option() {
        return properties.entrySet().stream()
                .map(property -> property.getKey().equals("driver")
                        ? property.getValue()
                        : property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining(","));
    }

    /**
     * Plugs the device of a machine that has booted, unless it is there.
     *
     * @throws IOException when QEMU refuses it
     */
    public static void plugLate(VmRequest request, QmpClient qmp) throws IOException, InterruptedException {
        Optional<WorkspaceDevice> late = of(request).filter(WorkspaceDevice::pluggedLater);
        if (late.isPresent()) {
            qmp.execute("device_add", QmpClient.arguments(Map.copyOf(late.get().properties)));
        }
    }
}
