package io.jenkins.plugins.qemush.engine.supervisor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command's user is told besides the command's own output.
 *
 * @param err the command's standard error
 */
record Remarks(OutputStream err) {

    void tell(String text) {
        try {
            err.write(("qemu-sh: " + text + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Whoever asked has gone away; the command's end says so.
            System.getLogger(Remarks.class.getName()).log(System.Logger.Level.WARNING, text, e);
        }
    }
}
