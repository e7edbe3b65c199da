package io.tasklane.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;

/** Calls, and references to methods, that reach past what was given. */
final class Reach extends ArchCondition<JavaClass> {
  private static final Set<String> TICKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.util.Calendar.getInstance");
  private static final Set<String> DICE =
      Set.of("java.lang.Math.random", "java.util.concurrent.ThreadLocalRandom.current");
  private static final Set<String> UNSEEDED =
      Set.of("java.util.Random.<init>", "java.util.SplittableRandom.<init>");

  private final Predicate<JavaAccess<?>> forbidden;

  private Reach(String description, Predicate<JavaAccess<?>> forbidden) {
    super(description);
    this.forbidden = forbidden;
  }

  /** Any source of the present time. */
  static Reach theClock() {
    return new Reach(
        "look at the system's clock",
        access -> {
          String name = name(access);
          return TICKS.contains(name)
              || name.matches("java\\.time\\..*\\.now") && !takesClock(access)
              || name.startsWith("java.time.Clock.system")
              || name.equals("java.util.Date.<init>") && parameters(access) == 0;
        });
  }

  /** Any source of chance that nobody seeded. */
  static Reach chance() {
    return new Reach(
        "draw from the system's chance",
        access ->
            DICE.contains(name(access))
                || UNSEEDED.contains(name(access)) && parameters(access) == 0
                || name(access).equals("java.security.SecureRandom.<init>"));
  }

  /** An enum's ordinal(), but for the one that javac puts before a switch. */
  static Reach ordinals() {
    return new Reach(
        "ask for an ordinal",
        access ->
            access.getName().equals("ordinal")
                && access.getTargetOwner().isAssignableTo(Enum.class)
                && !belongsToSwitch(access));
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getAccessesFromSelf().stream()
        .filter(forbidden)
        .forEach(
            access -> events.add(SimpleConditionEvent.satisfied(type, access.getDescription())));
  }

  private static String name(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getName();
  }

  private static int parameters(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        ? target.getRawParameterTypes().size()
        : -1;
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream()
            .anyMatch(type -> type.getName().equals("java.time.Clock"));
  }

  /**
   * For a switch javac asks for the ordinal, to look it up in an array that it keeps in a class
   * beside ours, "Outer$1". So a call in a class that also switches over that enum goes unseen.
   */
  private static boolean belongsToSwitch(JavaAccess<?> access) {
    JavaClass origin = access.getOriginOwner();
    String outer = origin.getName().replaceFirst("\\$.*", "");
    String array = "$SwitchMap$" + access.getTargetOwner().getName().replace('.', '$');
    return origin.getPackage().getClasses().stream()
        .filter(type -> type.getName().startsWith(outer + "$"))
        .flatMap(type -> type.getFields().stream())
        .anyMatch(field -> field.getName().equals(array));
  }
}
