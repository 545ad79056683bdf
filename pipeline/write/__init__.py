"""pipeline.write"""
