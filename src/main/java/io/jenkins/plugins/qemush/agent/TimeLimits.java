package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import java.io.Serializable;
import java.time.Duration;

/**
 * How long a machine may take, in seconds; the agent watches it, whatever becomes of the controller.
 *
 * @param boot until a command can run
 * @param idle without a command running; 0 for no limit
 * @param total from its start to its end; 0 for no limit
 */
public record TimeLimits(int boot, int idle, int total) implements Serializable {
    Limits ofMachine() {
        return new Limits(Duration.ofSeconds(boot), Duration.ofSeconds(idle), Duration.ofSeconds(total));
    }
}
