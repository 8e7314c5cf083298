package hudson.remoting;

import java.io.IOException;
import java.io.InputStream;

public class FastPipedInputStream extends InputStream {
    public FastPipedInputStream(FastPipedOutputStream source) throws IOException {}

    public FastPipedInputStream(FastPipedOutputStream source, int bufferSize) throws IOException {}

    @Override
    public native int read();

    @Override
    public native int available() throws IOException;
}
