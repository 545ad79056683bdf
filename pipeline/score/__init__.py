"""pipeline.score"""
