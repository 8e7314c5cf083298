package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeSecondsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "rounded down,                     10.9 12.1,               10 12",
        "written in one go,                10.100 10.104 10.108,    10 10 10",
        "written in one go over a second,  10.998 11.001,           10 11",
        "edited after a build,             10.1 10.2,               9 10",
        "three steps,                      10.1 10.2 10.3,          8 9 10",
        "no room in the second before,     9.5 10.1 10.2,           8 9 10",
        "room in the second before,        8.5 10.1 10.2,           8 9 10",
        "only eight moments of a second,   '10 10.01 10.02 10.1 10.2 10.3 10.4 10.5 10.6 10.7', '3 3 3 4 5 6 7 8 9 10'",
    })
    void aLaterMomentIsALaterSecond(String what, String times, String expected) {
        HostSnapshot snapshot = HostSnapshot.empty();
        List<String> names = new ArrayList<>();
        for (String time : times.split(" ")) {
            String name = "file" + names.size();
            snapshot.put(
                    name, new HostEntry(EntryType.FILE, 0, Math.round(Double.parseDouble(time) * 1e9), 0644, name));
            names.add(name);
        }
        WholeSeconds seconds = WholeSeconds.of(snapshot, names);
        assertThat(names.stream().map(name -> String.valueOf(seconds.of(name, snapshot.get(name)))))
                .as(what)
                .containsExactly(expected.split(" "));
    }
}
