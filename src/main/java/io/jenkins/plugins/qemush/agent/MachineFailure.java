package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.Serializable;

/**
 * Why a machine is dead, in plain strings that travel anywhere.
 *
 * @param cause one sentence
 * @param help the console around it, or the next step
 */
public record MachineFailure(String cause, String help) implements Serializable {
    static MachineFailure of(QemuShException e) {
        return new MachineFailure(e.getMessage(), e.help());
    }
}
