/**
 * Console logs for people who look at them in a browser: by line, by offset, by search, with colours.
 *
 * <p>A {@link io.jenkins.plugins.qemush.engine.console.ConsoleQuery} is a question that travels to where the log lies; {@link
 * io.jenkins.plugins.qemush.engine.console.ConsoleReader} answers it in one pass, whatever the log's size.
 */
package io.jenkins.plugins.qemush.engine.console;
