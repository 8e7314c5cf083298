package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a machine may take, in seconds; the agent watches it, whatever becomes of the controller.
 *
 * @param boot until a command can run
 * @param idle without a command running; 0 for no limit
 * @param total from its start to its end; 0 for no limit
 */
public record TimeLimits(int boot, int idle, int total) implements Serializable {
    /** The first of them by which a machine may take longer than the others let it, for people; empty if there is none. */
    public Optional<String> beyond(TimeLimits most) {
        return Stream.of(
                        beyond("bootTimeout", boot, most.boot),
                        beyond("idleTimeout", idle, most.idle),
                        beyond("totalTimeout", total, most.total))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> beyond(String name, int seconds, int most) {
        if (most == 0 || seconds > 0 && seconds <= most) {
            return Optional.empty();
        }
        String said = seconds == 0 ? "0, no limit," : String.valueOf(seconds);
        return Optional.of(name + ": " + said + " is more than the " + most + " s that are allowed");
    }

    Limits ofMachine() {
        return new Limits(Duration.ofSeconds(boot), Duration.ofSeconds(idle), Duration.ofSeconds(total));
    }
}
