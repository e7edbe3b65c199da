package io.tasklane.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.type.Handlers;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kinds of commands have one order, and no two of them share a place in it. */
class CommandOrderTest {
  @Test
  void the_numbers_grow_and_are_unique() {
    List<Integer> numbers = Arrays.stream(CommandOrder.values()).map(CommandOrder::number).toList();

    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void each_constant_belongs_to_exactly_one_kind_of_command() throws Exception {
    List<CommandOrder> used = kinds().stream().map(CommandOrderTest::orderOf).toList();

    assertThat(used).containsExactlyInAnyOrder(CommandOrder.values());
  }

  /** Every class of the engine that is a kind of command, found among its compiled classes. */
  private static List<Class<?>> kinds() throws Exception {
    Path root =
        Path.of(CommandKind.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.contains("-info"))
          .<Class<?>>map(CommandOrderTest::load)
          .filter(CommandKind.class::isAssignableFrom)
          .filter(type -> !Modifier.isAbstract(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String file) {
    String name = file.replace('/', '.').replaceAll("\\.class$", "");
    try {
      return Class.forName(name, false, CommandOrderTest.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /**
   * Of an instance with as few collaborators as its constructor allows: a place in the order
   * depends on none.
   */
  private static CommandOrder orderOf(Class<?> kind) {
    try {
      Constructor<?> constructor = kind.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      Object[] nothing =
          Arrays.stream(constructor.getParameterTypes())
              .map(CommandOrderTest::collaborator)
              .toArray();
      return ((CommandKind<?, ?>) constructor.newInstance(nothing)).order();
    } catch (ReflectiveOperationException refused) {
      throw new IllegalStateException(kind.getName(), refused);
    }
  }

  /** Those that make SQL when the command is created; of other types null, zero or false. */
  private static Object collaborator(Class<?> type) {
    ClaimHeads claims = new ClaimHeads(new ClaimConditions(List.of()), null);
    if (type == ClaimHeads.class) {
      return claims;
    }
    if (type == Handlers.class) {
      return new Handlers(List.of());
    }
    return type == ClaimStatement.class
        ? new ClaimStatement(claims.pieces())
        : Array.get(Array.newInstance(type, 1), 0);
  }
}
