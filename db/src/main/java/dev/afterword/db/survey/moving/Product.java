package dev.afterword.db.survey.moving;

/** Where a survey comes from. */
public enum Product {
    LIMESURVEY("LimeSurvey"),
    SURVEYJS("SurveyJS"),
    FORMBRICKS("Formbricks");

    private final String title;

    Product(String title) {
        this.title = title;
    }

    /** As its makers call it. */
    public String title() {
        return title;
    }
}
