package hudson;

import hudson.model.Saveable;
import java.io.Closeable;
import java.io.IOException;

public class BulkChange implements Closeable {
    public BulkChange(Saveable saveable) {}

    public native void commit() throws IOException;

    public native void abort();

    @Override
    public native void close();
}
