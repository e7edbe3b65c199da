package io.tasklane.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process that runs a class of these tests. */
public final class OwnProcess {

  private OwnProcess() {}

  /** Starts it with the class path of the tests. */
  public static Process start(Class<?> main, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
