package io.jenkins.plugins.qemush.engine.image;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.machine.Bus;
import io.jenkins.plugins.qemush.engine.machine.Machine.DiskBus;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.util.List;
import java.util.Optional;

/** Reads the object {@code machine} of {@code image.json}. */
final class OverridesReader {
    private final JsonFields fields;

    private OverridesReader(JsonFields fields) {
        this.fields = fields;
    }

    static MachineOverrides read(Optional<JsonFields> machine) throws HostFailure {
        return machine.isEmpty() ? MachineOverrides.NONE : new OverridesReader(machine.get()).overrides();
    }

    private MachineOverrides overrides() throws HostFailure {
        MachineOverrides read = new MachineOverrides(
                line("machine"),
                line("cpu"),
                line("console"),
                word("bus", Bus.class),
                word("disk", DiskBus.class),
                line("net"),
                line("root"),
                positive("memory"),
                positive("maxMemory"),
                positive("smp"),
                line("kernelArguments"),
                fields.optionalTexts("qemuArguments").orElse(List.of()));
        fields.end();
        return read;
    }

    private Optional<String> line(String name) throws HostFailure {
        Optional<String> text = fields.optionalText(name);
        if (text.isPresent() && (text.get().isBlank() || ImagePaths.hasControlCharacters(text.get()))) {
            throw fields.wrong(name, "is empty or has more than one line", "Leave it out, or write one line.");
        }
        return text;
    }

    private <E extends Enum<E>> Optional<E> word(String name, Class<E> type) throws HostFailure {
        Optional<String> word = fields.optionalText(name);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<E> found = Words.find(type, word.get());
        if (found.isEmpty()) {
            throw fields.wrong(name, "is \"" + word.get() + "\"", "Known are " + Words.of(type) + ".");
        }
        return found;
    }

    private Optional<Integer> positive(String name) throws HostFailure {
        Optional<Long> number = fields.optionalNumber(name);
        if (number.isPresent() && (number.get() < 1 || number.get() > Integer.MAX_VALUE)) {
            throw fields.wrong(name, "is " + number.get(), "Give a whole number of 1 or more.");
        }
        return number.map(Long::intValue);
    }
}
