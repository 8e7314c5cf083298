package org.kohsuke.stapler;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.PrintWriter;

public interface StaplerResponse2 {
    void setContentType(String type);

    void setHeader(String name, String value);

    void setStatus(int sc);

    void sendError(int sc, String msg) throws IOException;

    void sendRedirect2(String url) throws IOException;

    PrintWriter getWriter() throws IOException;

    ServletOutputStream getOutputStream() throws IOException;
}
