package io.tasklane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.tasklane.architecture.fixture.core.task.RuleThatCounts;
import io.tasklane.architecture.fixture.core.task.RuleThatLooksAtTheClock;
import io.tasklane.architecture.fixture.core.task.RuleThatRollsDice;
import io.tasklane.architecture.fixture.core.task.TaskManager;
import io.tasklane.architecture.fixture.ejb.queue.ListenerThatSwallows;
import io.tasklane.architecture.fixture.ejb.queue.SettingsInCamelCase;
import io.tasklane.architecture.fixture.ejb.queue.TimerThatSwallows;
import java.util.List;

/** What nobody may do. */
final class Manners {
  private static final String[] SERVER = {"core", "trading", "ejb", "grpc-api", "web"};

  private static final DescribedPredicate<JavaMethod> TIMER =
      describe(
          "called by a timer",
          method ->
              List.of("Timeout", "Schedule", "Schedules").stream()
                  .anyMatch(timer -> method.isAnnotatedWith("jakarta.ejb." + timer)));

  private static final DescribedPredicate<JavaMethod> LISTENER =
      describe(
          "called by JMS",
          method ->
              method.getName().equals("onMessage")
                  && method.getOwner().isAssignableTo("jakarta.jms.MessageListener"));

  static final List<HouseRule> RULES =
      List.of(
          HouseRule.of(
              noClasses()
                  .that(Home.in(SERVER))
                  .and(not(Home.inFeature("time")))
                  .should(Reach.theClock())
                  .because(
                      "time is given: take a Clock, an InstantSource or the deadline in the"
                          + " constructor; the one producer is in io.tasklane.time"),
              RuleThatLooksAtTheClock.class),
          HouseRule.of(
              noClasses()
                  .that(Home.in(SERVER))
                  .and(not(Home.inFeature("time")))
                  .should(Reach.chance())
                  .because(
                      "chance is given: take a RandomGenerator in the constructor; the one producer"
                          + " is in io.tasklane.time"),
              RuleThatRollsDice.class),
          HouseRule.of(
              noClasses()
                  .that(Home.ours().and(not(Home.in("proto"))))
                  .should(Reach.ordinals())
                  .because(
                      "a constant's place in its enum changes when one is added: give it a code of"
                          + " its own, as TaskState has"),
              RuleThatCounts.class),
          HouseRule.of(
              noClasses()
                  .that(Home.ours().and(not(Home.in("proto"))))
                  .should()
                  .haveNameMatching(".*(Manager|Helper|Impl|Util|Utils|Dto)")
                  .because(
                      "such a name says that the responsibility is not found yet: call it what a"
                          + " trader or operator would call it"),
              TaskManager.class),
          HouseRule.of(
              methods()
                  .that(LISTENER)
                  .should(Catching.nothing())
                  .because(
                      "a swallowed exception acknowledges the message and loses it: let it fly, and"
                          + " decide about faults in the one method that is called"),
              ListenerThatSwallows.class),
          HouseRule.of(
              methods()
                  .that(TIMER)
                  .should(Catching.nothing())
                  .because(
                      "a timer that swallows looks healthy and does nothing: let it fly, and decide"
                          + " about faults in the one method that is called"),
              TimerThatSwallows.class),
          HouseRule.of(
              classes()
                  .that(Home.in(SERVER))
                  .should(ConfigKeys.beKebabCase())
                  .because("every key reads tasklane.feature.name-of-it"),
              SettingsInCamelCase.class));

  private Manners() {}
}
