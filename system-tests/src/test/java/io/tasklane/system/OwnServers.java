package io.tasklane.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class whose long tests start the servers that they need. The build runs two such classes at a
 * time, each in a JVM of its own, because their servers wait much. So none of them may take a fixed
 * port or folder, or assert how fast anything is.
 */
@Tag("own-servers")
@ExtendWith(AnswersSeen.PromisedOnly.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnServers {}
