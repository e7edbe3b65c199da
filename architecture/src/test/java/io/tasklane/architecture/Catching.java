package io.tasklane.architecture;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Whether a method catches anything. What a catch block does with it cannot be seen here, so such
 * methods have none at all, nor a try-with-resources, which is compiled to one.
 */
final class Catching extends ArchCondition<JavaMethod> {
  private Catching() {
    super("catch nothing");
  }

  static Catching nothing() {
    return new Catching();
  }

  @Override
  public void check(JavaMethod method, ConditionEvents events) {
    for (TryCatchBlock block : method.getTryCatchBlocks()) {
      boolean isFinally = block.getCaughtThrowables().isEmpty();
      events.add(
          new SimpleConditionEvent(
              method, isFinally, method.getFullName() + " catches " + block.getCaughtThrowables()));
    }
  }
}
