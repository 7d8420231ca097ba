package dev.afterword.db;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** The features of db stand in one line and import only to the left. */
@AnalyzeClasses(packages = "dev.afterword.db", importOptions = DoNotIncludeTests.class)
class HouseTest {
    private static final List<String> LINE = List.of(
            "event",
            "workspace",
            "endpoint",
            "contact",
            "message",
            "order",
            "survey",
            "response",
            "reward",
            "inbox",
            "ladder",
            "followup",
            "insight",
            "partner");

    @ArchTest
    static void featuresImportOnlyToTheLeft(JavaClasses classes) {
        for (int at = 0; at < LINE.size() - 1; at++) {
            noClasses()
                    .that()
                    .resideInAPackage(feature(LINE.get(at)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(LINE.subList(at + 1, LINE.size()).stream()
                            .map(HouseTest::feature)
                            .toArray(String[]::new)))
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule theRootImportsNoFeatureButToPutThemTogether = noClasses()
            .that()
            .resideInAPackage("dev.afterword.db")
            .and()
            .haveSimpleNameNotEndingWith("AutoConfiguration")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.afterword.db.*.."));

    @ArchTest
    static final ArchRule everyFeatureHasItsPlaceInTheLine = classes()
            .should()
            .resideInAnyPackage(
                    Stream.concat(Stream.of("dev.afterword.db"), LINE.stream().map(HouseTest::feature))
                            .toArray(String[]::new));

    @ArchTest
    static final ArchRule dbKnowsNoHttpAndNoMail = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework.web..",
                    "org.springframework.http..",
                    "org.thymeleaf..",
                    "jakarta.mail..",
                    "org.springframework.mail.."));

    private static String feature(String word) {
        return "dev.afterword.db." + word + "..";
    }
}
