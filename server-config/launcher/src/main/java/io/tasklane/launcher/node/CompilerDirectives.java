package io.tasklane.launcher.node;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Tells the just-in-time compilers of this process what to leave out. As flags they would need
 * diagnostic options unlocked, and the virtual machine would print a line into the log.
 */
final class CompilerDirectives {
  private static final Logger LOG = Logger.getLogger(CompilerDirectives.class.getName());
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  private CompilerDirectives() {}

  /**
   * Adds the directives of a file (JEP 165). Where the virtual machine knows none, or does not
   * understand these, it only starts slower, and that is logged.
   *
   * @return what the virtual machine says to it
   */
  static String add(Path file) {
    String answer = answer(file);
    if (!answer.contains("added")) {
      LOG.log(Level.INFO, "the compiler takes no directives: {0}", answer);
    }
    return answer;
  }

  private static String answer(Path file) {
    try {
      Object[] arguments = {new String[] {file.toString()}};
      String[] types = {String[].class.getName()};
      return ManagementFactory.getPlatformMBeanServer()
          .invoke(new ObjectName(COMMANDS), "compilerDirectivesAdd", arguments, types)
          .toString()
          .strip();
    } catch (JMException unknownHere) {
      return String.valueOf(unknownHere.getMessage());
    }
  }
}
