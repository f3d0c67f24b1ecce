"""The shipped data equals a second, independent transcription of the report."""

import json
import re
from pathlib import Path

from caoan_stats.concepts import facts
from caoan_stats.datafolder import package

FIGURES = """
I.A.1 income_per_capita ~79.5
I.A.2 production_value_per_ha 189
I.A.3 budget_revenue 18619139193 97.14%
I.A.5 new_jobs 110
I.A.6 natural_population_growth_rate 0.52 (-0.08)
I.A.7 culture_family_rate 96 (6)
I.B.I.1.1 rice_sown_area 462.56 (-15.7)
I.B.I.1.1 rice_yield ~115 (-12)
I.B.I.1.1 rice_production ~53195
I.B.I.1.2 vegetable_area 46.56
I.B.IV.3 ocop_stars 3
I.DGC.1 ocop_products 1
I.B.II.1 births 92
I.B.II.1 births_third_child_plus 17 (5)
I.B.I.1.3 pigs >300
I.B.I.1.3 buffalo_cattle 80
I.B.I.1.3 dogs ≈420
I.B.I.1.3 rabbits 220
I.B.I.1.3 poultry ≈105000
I.B.I.1.3 chickens ≈97000
I.B.I.1.3 ducks ≈8000
I.B.I.4.2 budget_expenditure 18060195980
I.B.I.4.2 budget_recurrent_expenditure 5707077980
I.B.I.4.2 budget_investment_expenditure 12353118000
I.B.I.4.2 budget_carry_over 558943213
I.B.II.4 merit_monthly_beneficiaries 146
I.B.II.4 merit_arrears_beneficiaries 143
I.B.II.4 merit_arrears_amount 232758000
I.B.II.4 welfare_files 147
I.B.II.4 funeral_social_protection 16
I.B.II.4 funeral_emergency 1
I.B.II.4 funeral_social_protection_amount 140600000
I.B.II.4 elderly_allowance_new 9
I.B.II.4 disability_assessments 36
I.B.II.4 social_assistance_requests 34
I.B.II.4 severe_disability_care_households 14
I.B.II.4 assistance_terminations 25
I.B.II.4 funeral_merit 12
I.B.II.4 funeral_merit_amount 177.6
I.B.II.4 health_insurance_card_reissues 470
I.B.II.4 poor_households 28 (-3)
I.B.II.4 near_poor_households 20 (-20)
I.B.II.4 average_living_farm_households 48 (22)
I.B.II.4 health_insurance_participants 7602
I.B.II.4 health_insurance_household_participants 1114
I.B.II.4 voluntary_social_insurance_participants 130
I.B.II.5 tthc_received 7377
I.B.II.5 tthc_online 7344
I.B.II.5 tthc_online_rate 99.6
I.B.II.5 tthc_in_person 33
I.B.II.5 tthc_in_person_rate 0.4
I.B.II.5 tthc_carried_in 10
I.B.II.5 tthc_early 7373
I.B.II.5 tthc_early_rate 99.8
I.B.II.5 tthc_on_time 13
I.B.II.5 tthc_on_time_rate 0.2
I.B.II.5 tthc_in_progress 1
I.B.II.5 tthc_overdue 0
I.B.II.5 tthc_component_digitisation_rate 98.9
I.B.II.5 tthc_result_digitisation_rate 99.6
I.B.II.5 tthc_online_payment_rate >80
I.B.II.5 par_index_rank/2022 1
I.B.II.5 par_index_units_ranked/2022 17
I.B.I.2.1 land_transfer_files 115
I.B.I.2.1 citizen_recommendation_letters 10
I.B.I.2.1 land_dispute_requests 3
I.B.I.2.1 land_violations_handled 5
I.B.I.2.1 clearance_holdout_households 1
I.B.I.4.1 credit_agribank_amount 28.05
I.B.I.4.1 credit_agribank_households 38
I.B.I.4.1 credit_vbsp_amount 28.4
I.B.I.4.1 credit_vbsp_households 525
I.B.I.5 flooding_incidents 0
I.B.I.5 canal_dredging 6000
I.B.I.5 road_corridor_violations 1
I.B.I.5 railway_safety_commitments 5
I.B.I.5 land_donor_households 219
I.B.I.6.1 rice_seed_supplied 1720
I.B.I.6.1 rat_poison 26
I.B.I.6.1 technical_transfer_sessions 5
I.B.I.6.1 technical_transfer_farmers 305
I.B.I.6.1 pump_cable_length 650
I.B.I.6.1 pump_cable_cost >63
I.B.I.6.1 ditch_dredging >2500
I.B.I.6.1 machine_transplanting_area 4
I.B.I.6.2 grid_poles 90
I.B.I.6.2 grid_cable_length 2000
I.B.I.6.2 electricity_purchased 9433834
I.B.I.6.2 electricity_sold 8477587
I.B.I.6.2 electricity_loss 956247
I.B.I.6.2 electricity_loss_rate 10.2 (-0.3)
I.B.I.6.2 electricity_coop_surplus 210407285
I.B.II.1 food_safety_inspections 1
I.B.II.1 food_poisoning_cases 0
I.B.II.1 clinic_visits 5683 108%
I.B.II.1 vaccination_eligible_children 102
I.B.II.1 vaccinated_bcg 119
I.B.II.1 vaccinated_hib_dose3 118
I.B.II.1 vaccinated_measles 102
I.B.II.1 vaccinated_fully 101
I.B.II.1 vaccinated_fully_rate 99
I.B.II.2 preschool_two_sessions_rate 100
I.B.II.2 preschool_activity_participation_rate 100
I.B.II.2 primary_two_sessions_rate 100
I.B.II.2 lower_secondary_lawbreakers 0
I.B.II.2 lower_secondary_graduates 162
I.B.II.2 lower_secondary_candidates 162
I.B.II.2 lower_secondary_graduation_rate 100
I.B.II.2 upper_secondary_admitted 80
I.B.II.2 upper_secondary_admission_rate 50
I.B.II.2 university_admissions 52
I.B.III.1 armed_patrols >100
I.B.III.1 drug_organising_cases 2
I.B.III.1 drug_organising_arrests 9
I.B.III.1 gambling_cases 7
I.B.III.1 economic_violations 4
I.B.III.1 economic_fines 1.6
I.B.III.1 environment_violations 5
I.B.III.1 environment_fines 3
I.B.III.1 drug_use_cases 4
I.B.III.1 drug_use_offenders 4
I.B.III.1 drug_use_fines 6
I.B.III.1 drug_organising_prosecuted 2
I.B.III.1 compulsory_rehab 1
I.B.III.1 fires_explosions 0
I.B.III.2 enlisted_youth 13
I.B.III.2 police_service_youth 1
I.B.III.2 recruit_support 1000000
I.B.III.2 militia_trained 38
I.B.III.2 militia_training_rounds 2
I.B.III.2 war_invalid_reviews 3
I.B.III.2 draft_ready_pool 77
I.B.III.2 draft_exempt_deferred 233
I.B.III.2 prescreen_attended 41
I.B.III.2 prescreen_absent 6
I.B.III.2 prescreen_eligible 36
I.B.III.2 prescreen_rejected 5
I.B.III.2 district_exam_attended 35
I.B.III.2 district_exam_attendance_rate 97.2
I.B.III.2 district_exam_fit 23
I.B.III.2 district_exam_rejected 13
I.B.III.2 district_exam_absent 1
I.B.III.3.1 certified_copies 5047
I.B.III.3.1 certified_signatures 1178
I.B.III.3.1 certified_contracts 117
I.B.III.3.1 civil_status_extracts 208
I.B.III.3.1 birth_registrations 193
I.B.III.3.1 birth_re_registrations 73
I.B.III.3.1 birth_new_registrations 120
I.B.III.3.1 death_registrations 51
I.B.III.3.1 marriage_registrations 67
I.B.III.3.1 marital_status_confirmations 117
I.B.III.3.1 parentage_recognitions 2
I.B.III.3.2 complaints_denunciations 0
I.B.III.3.2 above_level_complaints 0
I.B.IV.4 remaining_clearance_projects 1
I.B.IV.4 model_road_villages 3
I.B.IV.4 donated_land_area >3000
I.DGC.2 auction_lots_sold 8
I.DGC.2 auction_lots_total 100
I.DGC.2 first_time_land_certificates 0
"""

BOUNDS = """
I.A.3 2023 budget_revenue pct_of_plan [100, ]
I.A.4 2023 poor_households change ( , 0)
I.A.4 2023 near_poor_households change ( , 0)
I.A.5 2023 new_jobs [100, 150]
I.B.II.1 2023 clinic_visits [5242, ]
II.I.1 2024 income_per_capita [81, ]
II.I.2 2024 budget_revenue pct_of_plan [110, ]
II.I.3 2024 natural_population_growth_rate ( , 1)
II.I.5 2024 culture_family_rate (96, )
II.I.7 2024 new_jobs [130, 150]
II.III.1 2024 rice_planting_rate [100, ]
II.III.1 2024 rice_yield_per_crop [60, ]
II.III.5 2024 culture_village_rate [100, ]
"""

SECTIONS = """
I.A.1 I.A.2 I.A.3 I.A.4 I.A.5 I.A.6 I.A.7 I.A.8 I.A.9 I.A.10
I.B.I.1.1 I.B.I.1.2 I.B.I.1.3 I.B.I.2.1 I.B.I.2.2 I.B.I.3 I.B.I.4.1 I.B.I.4.2 I.B.I.5
I.B.I.6.1 I.B.I.6.2
I.B.II.1 I.B.II.2 I.B.II.3 I.B.II.4 I.B.II.5
I.B.III.1 I.B.III.2 I.B.III.3.1 I.B.III.3.2
I.B.IV.1 I.B.IV.2 I.B.IV.3 I.B.IV.4
I.DGC.1 I.DGC.2 I.DGC.3.1 I.DGC.3.2
II.I.1 II.I.2 II.I.3 II.I.4 II.I.5 II.I.6 II.I.7 II.I.8 II.I.9 II.I.10 II.I.11
II.II.1 II.II.2 II.II.3 II.II.4
II.III.1 II.III.2 II.III.3 II.III.4 II.III.5 II.III.6 II.III.7 II.III.8
"""

ASSESSED = "_(?:limitations|causes)$"
LONGEST = 12  # syllables of a phrase
LONGEST_LABEL = 61  # characters

SIGNS = {"": "", "estimate": "~", "about": "≈", "over": ">", "under": "<"}


def test_every_figure_is_as_the_report_states_it(shipped):
    tables = raw_tables(shipped.folder)
    written = [
        f"{row['section']} {row['indicator']}"
        + (f"/{row['year']}" if row["year"] != 2023 else "")
        + (f" {SIGNS[row['qualifier']]}{row['value']}" if row["value"] is not None else "")
        + (f" ({row['change']})" if row["change"] is not None else "")
        + (f" {row['pct_of_plan']}%" if row["pct_of_plan"] is not None else "")
        for frame in tables.values()
        for row in frame.to_dict("records")
        if any(row[fact] is not None for fact in facts.numbers())
    ]
    assert sorted(written) == sorted(FIGURES.split("\n")[1:-1])


def raw_tables(folder: Path):
    from caoan_stats.datafolder import raw

    tables = raw.read_tables(folder)
    return {name: tables[name] for name in package.load_package(folder).observation_tables}


def test_every_bound_is_as_the_report_states_it(shipped):
    rows = shipped.tables["targets"].to_dict("records")
    brackets = {"": "[]", "both": "[]", "neither": "()"}
    written = [
        f"{row['section']} {row['year']} {row['indicator']} {row['of']}".strip()
        + f" {brackets[row['closed']][0]}{' ' if row['lower'] is None else row['lower']}, "
        f"{'' if row['upper'] is None else row['upper']}{brackets[row['closed']][1]}"
        for row in rows
        if row["lower"] is not None or row["upper"] is not None
    ]
    assert written == BOUNDS.split("\n")[1:-1]


def test_every_section_that_states_something_is_in_the_data(shipped):
    sections = {*shipped.facts["section"], *shipped.targets["section"]}
    assert sections == set(SECTIONS.split())


def test_the_statements_of_the_report_are_counted_by_kind(shipped):
    stated, due = shipped.facts, shipped.targets
    said = stated.query("fact == 'words'").set_index("indicator")["text"]
    has_bounds = due["lower"].notna() | due["upper"].notna()
    assert {
        "figures": int(stated["fact"].isin(facts.numbers()).sum()),
        "directions": int((stated["fact"] == "direction").sum()),
        "results in words": int((~said.index.str.contains(ASSESSED)).sum()),
        "limitations": phrases(said[said.index.str.endswith("_limitations")]),
        "causes": phrases(said[said.index.str.endswith("_causes")]),
        "targets in figures": int(has_bounds.sum()),
        "targets in words": int((~has_bounds).sum()),
    } == {
        "figures": 172,
        "directions": 8,
        "results in words": 48,
        "limitations": 13,
        "causes": 16,
        "targets in figures": 13,
        "targets in words": 42,
    }


def phrases(words) -> int:
    """Return the number of phrases of several results in words."""
    return sum(len(each.split("; ")) for each in words)


def test_directions_are_as_the_report_states_them(shipped):
    stated = shipped.facts.query("fact == 'direction'").set_index("indicator")["text"]
    assert stated.to_dict() == {
        "income_per_capita": "up",
        "vegetable_area": "steady",
        "fish_area": "steady",
        "fish_output": "steady",
        "trade_services": "up",
        "land_violations": "down",
        "lower_secondary_misconduct_rate": "down",
        "firecracker_violations": "down",
    }


def test_awards_and_standards_have_their_names(shipped):
    said = shipped.facts.query("fact == 'words'").set_index("indicator")["text"]
    assert said[["stage_contest", "chess_contest"]].to_list() == ["Giải nhì toàn đoàn"] * 2
    assert said["par_index_rank"] == "UBND tỉnh tặng giấy khen"
    assert said["school_standards"] == "THCS giữ chuẩn mức độ 1, kiểm định cấp độ 2"


def test_the_focus_tasks_and_the_breakthrough_are_due_in_both_years_and_have_results(shipped):
    due = shipped.targets.set_index("indicator")
    tasks = due[due.index.str.startswith(("focus_", "breakthrough_"))]
    places = {code: list(rows["section"]) for code, rows in tasks.groupby(level=0)}
    assert places == {
        "breakthrough_clearance": ["I.B.IV.4", "II.II.4"],
        "focus_admin_reform": ["I.B.IV.2", "II.II.2"],
        "focus_land": ["I.B.IV.1", "II.II.1"],
        "focus_new_countryside": ["I.B.IV.3", "II.II.3"],
    }
    assert set(places) <= set(shipped.facts.query("fact == 'words'")["indicator"])


def test_figures_up_to_a_date_say_so(shipped):
    dates = shipped.notes["note"].str.extract(r"(?:Tính đến|Khám|Phúc tra) ngày ([0-9/]+)")[0]
    assert dates.value_counts().to_dict() == {
        "14/12/2023": 15,
        "15/12/2023": 14,
        "28/11/2023": 5,
        "07/11/2023": 4,
        "07/9/2023": 2,
        "10/12/2023": 1,
    }


def test_results_and_targets_in_words_are_short_phrases(shipped):
    words = [*shipped.facts.query("fact == 'words'")["text"], *shipped.targets["note"]]
    long = [each for text in words for each in text.split("; ") if len(each.split()) > LONGEST]
    assert long == []


def test_a_label_fits_a_phone(shipped):
    assert [label for label in shipped.indicators["label"] if len(label) > LONGEST_LABEL] == []


def test_a_target_without_bounds_has_a_note(shipped):
    words = shipped.targets.query("lower.isna() and upper.isna()")["note"]
    assert (words != "").all()


def test_every_unit_is_used_and_every_indicator_has_two_labels(shipped):
    catalogue = shipped.tables["indicators"]
    assert set(shipped.tables["units"]["unit"]) == set(catalogue["unit"]) - {""}
    assert (catalogue[["label_vi", "label_en"]] != "").all(axis=None)


def test_counts_that_can_identify_a_person_are_marked_as_sensitive(shipped):
    marked = shipped.indicators.query("sensitive").index
    assert set(marked) == {
        "disability_assessments",
        "social_assistance_requests",
        "severe_disability_care_households",
        "poor_households",
        "near_poor_households",
        "average_living_farm_households",
        "lower_secondary_lawbreakers",
        "drug_organising_cases",
        "drug_organising_arrests",
        "drug_organising_prosecuted",
        "drug_use_cases",
        "drug_use_offenders",
        "compulsory_rehab",
        "war_invalid_reviews",
        "prescreen_attended",
        "prescreen_absent",
        "prescreen_eligible",
        "prescreen_rejected",
        "district_exam_attended",
        "district_exam_absent",
        "district_exam_fit",
        "district_exam_rejected",
        "parentage_recognitions",
    }


def test_the_data_dictionary_names_every_column_of_every_file(shipped):
    dictionary = (shipped.folder / "README.md").read_text(encoding="utf-8")
    described = package.load_package(shipped.folder)
    for resource in described.resources:
        assert f"`{resource.path.relative_to(shipped.folder).as_posix()}`" in dictionary
        for column in resource.columns:
            assert f"`{column}`" in dictionary, f"{resource.name}.{column}"


def test_every_column_is_described_in_both_languages(shipped):
    for resource in package.load_package(shipped.folder).resources:
        for field in resource.schema["fields"]:
            assert re.search(r".+ / .+", field["description"]), field["name"]


def test_observations_share_one_schema(shipped):
    descriptor = json.loads((shipped.folder / "datapackage.json").read_bytes())
    shared = [each for each in descriptor["resources"] if isinstance(each["schema"], str)]
    assert {each["schema"] for each in shared} == {"observations.schema.json"}
    assert all(each["path"] == f"raw/{each['name']}.csv" for each in shared)
